//! `kubectl gwchain graph`: the chains as a picture, for a browser, a page or a program.
//!
//! It chooses a form; the picture is core's.

use std::process::ExitCode;

use gwchain_core::pipeline::run as run_pipeline;
use gwchain_core::plan::Plan;
use gwchain_core::plan::document::findings;
use gwchain_core::view::graph::{Extent, Subject, dot, graph, mermaid, subject, svg};

use crate::args::{GraphArgs, GraphForm};
use crate::failure::{self, Failure};
use crate::input;
use crate::output;

/// Draws and prints.
pub fn run(args: &GraphArgs) -> ExitCode {
    drawn(args).unwrap_or_else(|failure| output::fail(&failure, args.color))
}

fn drawn(args: &GraphArgs) -> Result<ExitCode, Failure> {
    let input = input::load(&args.input)?;
    output::tell_unread(&input.manifests, args.color)?;
    let pipeline = run_pipeline(&input.manifests, &input.environment, input.options);
    let plan = Plan { manifests: &input.manifests, pipeline: &pipeline, shown: input.shown.as_ref() };
    let about = args.subject.as_deref().map(|asked| subject(&plan, asked));
    let about = about.transpose().map_err(Failure::new)?.unwrap_or(Subject::Everything);
    let extent = if args.all { Extent::All } else { Extent::Overview };
    let graph = graph(&plan, &findings(&plan), &about, extent);
    output::print(&match args.output {
        GraphForm::Svg => svg(&graph),
        GraphForm::Dot => dot(&graph),
        GraphForm::Mermaid => mermaid(&graph),
        GraphForm::Json => graph.to_json() + "\n",
    })?;
    Ok(if input.is_broken() { failure::CODE.into() } else { ExitCode::SUCCESS })
}
