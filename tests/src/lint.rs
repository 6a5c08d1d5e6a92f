//! Linting and fixing one text, as the plugin does it to files.
//!
//! It judges no finding.

use gwchain_core::diagnose;
use gwchain_core::diagnostic::{Diagnostic, Edit, apply, compatible};
use gwchain_core::environment::parse;
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{Manifests, ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::profile::Profile;
use gwchain_core::source::FileId;

/// What every text may use without repeating it.
pub const CLASSES: &str = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: alb}, spec: {controllerName: gateway.k8s.aws/alb}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: nlb}, spec: {controllerName: gateway.k8s.aws/nlb}}
";

/// Rounds after which a text has to have settled.
const ROUNDS: usize = 10;

/// A text with its options; a first line `# complete` or `# profile: aws-lbc` sets one.
#[derive(Clone, Debug)]
pub struct Case {
    file: SourceFile,
    environment: Environment,
}

/// What was read, and what was found.
#[derive(Debug)]
pub struct Run {
    /// The text's objects, and the classes.
    pub manifests: Manifests,
    /// Findings, in order.
    pub findings: Vec<Diagnostic>,
}

impl Case {
    /// Of a text, and perhaps that of an environment file.
    pub fn new(name: &str, text: &str, environment: Option<&str>) -> Self {
        let environment =
            environment.map_or_else(Environment::default, |text| parse(text).expect("it is an environment"));
        Self { file: SourceFile { name: name.to_owned(), text: text.to_owned() }, environment }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.file.text
    }

    /// The same with another text.
    #[must_use]
    pub fn with(&self, text: String) -> Self {
        Self { file: SourceFile { name: self.file.name.clone(), text }, environment: self.environment.clone() }
    }

    /// Everything that is found.
    pub fn run(&self) -> Run {
        let first = self.file.text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        let profile = if first == "# profile: aws-lbc" { Profile::AWS_LBC } else { Profile::GWCHAIN };
        let options = Options { profile, complete: first == "# complete", simulate: false };
        let classes = SourceFile { name: "classes.yaml".to_owned(), text: CLASSES.to_owned() };
        let manifests = read(vec![self.file.clone(), classes], &ReadOptions::default());
        let findings = diagnose::all(&run(&manifests, &self.environment, options));
        Run { manifests, findings }
    }

    /// The text after one round of fixes, if there are any.
    pub fn round(&self) -> Option<Self> {
        let findings = self.run().findings;
        let edits: Vec<&Edit> = compatible(&findings).into_iter().flat_map(|fix| &fix.edits).collect();
        (!edits.is_empty()).then(|| self.with(apply(FileId(0), self.text(), &edits)))
    }

    /// The text after all rounds.
    pub fn fixed(&self) -> Self {
        let mut case = self.clone();
        for _ in 0..ROUNDS {
            match case.round() {
                Some(next) => case = next,
                None => return case,
            }
        }
        panic!("fixes never settle:\n{}", case.text())
    }
}

/// The block of a page that starts with ```` ```yaml <name> ````.
pub fn block(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("```yaml {name}\n"))?;
    rest.split_once("```").map(|(example, _)| example.to_owned())
}
