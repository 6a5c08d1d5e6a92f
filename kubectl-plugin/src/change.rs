//! What files would change in a cluster: both runs, and what core says of their difference.
//!
//! `plan` and `lint` show it; nothing is applied.

use gwchain_core::diagnose::compare::compare as compare_findings;
use gwchain_core::diagnostic::{Change, Diagnostic};
use gwchain_core::manifest::Manifests;
use gwchain_core::pipeline;
use gwchain_core::plan::Plan;
use gwchain_core::plan::compare::{Comparison, compare};
use gwchain_core::plan::document::findings;
use gwchain_core::render::{Compared, Locator};

use crate::input::Input;

/// Findings and plans before and after.
pub struct Changed<'c, 'm> {
    /// What was read.
    pub input: &'m Input,
    /// The plan with the files.
    pub after: Plan<'c, 'm>,
    /// What the files change.
    pub comparison: Comparison<'c>,
    /// Findings of both.
    pub findings: Vec<(Change, Diagnostic)>,
    today: &'m Manifests,
}

impl Changed<'_, '_> {
    /// Findings with their places.
    pub fn compared(&self) -> Compared<'_, '_> {
        let (before, after) = (Locator::new(self.today), Locator::new(&self.input.manifests));
        Compared { before, after, findings: &self.findings }
    }

    /// What the files introduce: that is what they answer for.
    pub fn introduced(&self) -> Vec<Diagnostic> {
        let introduced = self.findings.iter().filter(|(change, _)| *change == Change::Introduced);
        introduced.map(|(_, finding)| finding.clone()).collect()
    }
}

/// Plans the cluster as it is and with the files, and passes on what differs; `None` without a cluster and files.
pub fn with_change<T>(input: &Input, show: impl FnOnce(&Changed<'_, '_>) -> T) -> Option<T> {
    let today = input.today.as_ref()?;
    let before = pipeline::run(today, &input.environment, input.options);
    let after = pipeline::run(&input.manifests, &input.environment, input.options);
    let shown = input.shown.as_ref();
    let before = Plan { manifests: today, pipeline: &before, shown };
    let after = Plan { manifests: &input.manifests, pipeline: &after, shown };
    let all = compare_findings((today, findings(&before)), (&input.manifests, findings(&after)));
    let comparison = compare(&before, &after);
    Some(show(&Changed { input, after, comparison, findings: all, today }))
}
