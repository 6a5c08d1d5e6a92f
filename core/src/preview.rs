//! Everything that a previewer draws, asked for in whole: the plan, findings, and which text makes what.
//!
//! It decides nothing and keeps no state but what was read; how answers travel is the host's business.

mod finding;
mod input;
mod link;
mod picture;
mod range;
mod reading;

use serde::Serialize;
use serde_json::Value;

pub use finding::{Finding, FindingFix, RelatedFinding, TextEdit};
pub use input::{Input, InputFile, TraceRequest};
pub use link::{Link, ValueRef};
pub use picture::Picture;
pub use range::Range;
pub use reading::{FileReading, FoldRange};

use crate::diagnostic::page as code_page;
use crate::environment;
use crate::fact::Environment;
use crate::id::Text;
use crate::manifest::{Manifests, ReadOptions, SourceFile, read};
use crate::pipeline::{self, Pipeline};
use crate::plan::difference::{Difference, differences};
use crate::plan::document::{self, Document, findings};
use crate::plan::{Plan, Shown, stack_json};
use crate::profile::Profile;
use crate::reference;
use crate::source::{Node, byte_at};
use crate::trace::{self, Planned};
use crate::view::assist::{self, Completions, Hint};
use crate::view::explain::{View, answer, page};
use crate::view::graph::{Extent, Graph, Subject, dot, graph, mermaid, svg};
use crate::view::page::Page;
use crate::view::report::report;
use range::Ranges;

/// Width of explained pages, in characters.
const WIDTH: usize = 100;

/// What a previewer draws.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Preview<'p> {
    /// The plan document, as `plan -o json` prints it.
    pub plan: Document<'p>,
    /// The plan's diagnostics once more, with places as editors count them.
    pub findings: Vec<Finding>,
    /// The chains as a picture. Its own list of findings is empty: positions are those of `findings` here.
    pub graph: Graph,
    /// Which stretch of the texts makes which values of the plan, by place.
    pub links: Vec<Link>,
    /// What was done to read each text, in the order of the input.
    pub reading: Vec<FileReading>,
    /// What is wrong with the environment, which then counts as empty.
    pub environment_error: Option<String>,
}

/// What `explain` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase", tag = "form")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Explanation {
    /// Lines of styled text.
    Page {
        /// From top to bottom.
        page: Page,
    },
    /// The page behind a code.
    Markdown {
        /// Its text.
        text: &'static str,
    },
}

/// Texts that were read, ready to be asked about.
pub struct Session {
    manifests: Manifests,
    environment: Environment,
    environment_error: Option<String>,
    /// The environment's fields as they are written.
    environment_fields: Option<Value>,
    options: pipeline::Options,
    shown: Option<Shown>,
}

impl Session {
    /// Reads `input`. An error names what of it has no meaning.
    pub fn read(input: Input) -> Result<Self, String> {
        let profile = profile(input.profile.as_deref())?;
        let (environment, environment_error) = answers(&input);
        let environment_fields = input.environment.as_deref().and_then(environment::fields);
        let mut options = ReadOptions::of(&environment);
        if let Some(namespace) = &input.namespace {
            options.namespace = Text::from(&**namespace);
        }
        let shown = input.namespace.map(|namespace| Shown { namespace: Some(namespace.into()), ..Shown::default() });
        let manifests = read(files(input.files), &options);
        Ok(Self {
            manifests,
            environment,
            environment_error,
            environment_fields,
            options: pipeline::Options { profile, complete: input.complete, simulate: false },
            shown,
        })
    }

    fn run<T>(&self, answer: impl FnOnce(&Plan<'_, '_>) -> T) -> T {
        let pipeline: Pipeline<'_> = pipeline::run(&self.manifests, &self.environment, self.options);
        answer(&Plan { manifests: &self.manifests, pipeline: &pipeline, shown: self.shown.as_ref() })
    }

    /// Hands everything there is to draw to `draw`.
    pub fn preview<T>(&self, draw: impl FnOnce(&Preview<'_>) -> T) -> T {
        self.run(|plan| {
            let found = findings(plan);
            let ranges = Ranges::new(&self.manifests);
            let mut graph = graph(plan, &found, &Subject::Everything, Extent::Overview);
            graph.findings.clear();
            draw(&Preview {
                plan: document::with_findings(plan, &found),
                findings: found.iter().map(|one| finding::finding(&ranges, one)).collect(),
                graph,
                links: link::links(plan, &ranges),
                reading: reading::readings(&ranges),
                environment_error: self.environment_error.clone(),
            })
        })
    }

    /// What there is to draw after a change.
    pub fn picture(&self) -> Picture<'_> {
        let ranges = Ranges::new(&self.manifests);
        self.run(|plan| {
            picture::picture(plan, &ranges, self.environment_fields.as_ref(), self.environment_error.as_deref())
        })
    }

    /// Where the plans of the two profiles part.
    pub fn differences(&self) -> Vec<Difference> {
        differences(&self.manifests, &self.environment, self.options)
    }

    /// The picture as `svg`, `mermaid` or `dot`, or the plan as a Markdown `report`.
    pub fn write(&self, form: &str) -> Result<String, String> {
        self.run(|plan| {
            let found = findings(plan);
            let drawn = || graph(plan, &found, &Subject::Everything, Extent::Overview);
            match form {
                "svg" => Ok(svg(&drawn())),
                "mermaid" => Ok(mermaid(&drawn())),
                "dot" => Ok(dot(&drawn())),
                "report" => Ok(report(plan, &found)),
                other => Err(format!("no form {other}: there are svg, mermaid, dot and report")),
            }
        })
    }

    /// Findings only.
    pub fn lint(&self) -> Vec<Finding> {
        let ranges = Ranges::new(&self.manifests);
        self.run(|plan| findings(plan).iter().map(|one| finding::finding(&ranges, one)).collect())
    }

    /// Hands the document about the way of a request to `draw`. An error says what of the request has no meaning.
    pub fn trace<T>(&self, request: &TraceRequest, draw: impl FnOnce(&trace::Document<'_>) -> T) -> Result<T, String> {
        let parsed = request.parse()?;
        self.run(|plan| {
            let planned = Planned::new(&self.manifests, plan.pipeline, self.shown.clone());
            let via = request.via.as_deref().map(|name| planned.named(name)).transpose()?;
            let traced = trace::trace(&planned, parsed, via);
            Ok(trace::document(&planned, &traced, draw))
        })
    }

    /// Tells the chains, or what `subject` asks for. An error says why it can't be told.
    pub fn explain(&self, subject: Option<&str>) -> Result<Explanation, String> {
        if let Some(text) = subject.and_then(code_page) {
            return Ok(Explanation::Markdown { text });
        }
        let view = View { width: WIDTH, rules: View::RULES };
        let told = self.run(|plan| match subject {
            None => Ok(page(plan, None, view)),
            Some(subject) => answer(plan, subject, view),
        });
        told.map(|page| Explanation::Page { page })
    }

    /// The plan in one of the forms of `plan -o`: `json`, `stack` or `reference`.
    pub fn plan(&self, form: &str) -> Result<String, String> {
        match form {
            "json" => Ok(self.run(document::to_string) + "\n"),
            "stack" => {
                Ok(self
                    .run(|plan| plan.stacks().into_iter().map(|stack| stack_json::to_string(stack) + "\n").collect()))
            }
            "reference" => Ok(self.reference()),
            other => Err(format!("no form {other}: there are json, stack and reference")),
        }
    }

    fn reference(&self) -> String {
        let (files, environment) = (self.manifests.files.clone(), self.environment.clone());
        format!("{:#}\n", reference::of_files(files, environment, self.options.profile))
    }
}

/// Fields or values that fit at `offset` of `text`; offsets count UTF-16 code units.
pub fn complete(text: &str, offset: usize) -> Option<Completions> {
    let byte = byte_at(text, offset);
    let mut found = assist::complete(text, byte)?;
    found.from = offset - text[found.from..byte].encode_utf16().count();
    Some(found)
}

/// What the field at `offset` of `text` may be; the offset counts UTF-16 code units.
pub fn describe(text: &str, offset: usize) -> Option<Hint> {
    assist::describe(text, byte_at(text, offset))
}

/// An environment file with `fields` in place of its own of the same names; null takes one out.
pub fn with_fields(environment: &str, fields: &Node) -> Result<String, String> {
    environment::with_fields(environment, fields)
}

fn profile(name: Option<&str>) -> Result<Profile, String> {
    let name = name.unwrap_or(Profile::GWCHAIN.name);
    Profile::parse(name).ok_or_else(|| format!("no profile {name}: there are gwchain and aws-lbc"))
}

fn answers(input: &Input) -> (Environment, Option<String>) {
    let parsed = input.environment.as_deref().map_or_else(|| Ok(Environment::default()), environment::parse);
    let (mut environment, error) = match parsed {
        Ok(environment) => (environment, None),
        Err(error) => (Environment::default(), Some(error)),
    };
    if input.cluster_name.is_some() {
        environment.cluster_name.clone_from(&input.cluster_name);
    }
    (environment, error)
}

fn files(files: Vec<InputFile>) -> Vec<SourceFile> {
    files.into_iter().map(|file| SourceFile { name: file.name, text: file.text }).collect()
}
