//! Questions about a Gateway that is not planned: what is in the way, and what the configurations say so far.
//!
//! No value is made up: what a default or a rule would add is known only when the Gateway can be planned.

use super::super::explain::hard;
use super::super::page::{Page, Style};
use super::layer::{self, Layer};
use super::subject::{Kind, locate};
use super::{Asker, fields};
use crate::id::Text;
use crate::model::Stack;

impl Asker<'_, '_> {
    /// Why there is no stack, in one line.
    pub(super) fn nothing(&self) -> String {
        let why = self.built.result.as_ref().err().map_or("it has no stack", |failure| failure.message());
        format!("nothing is planned for Gateway {}: {why}", self.node.label())
    }

    /// What is known of a field of the Gateway all the same.
    pub(super) fn blocked(&self, asked: &str, width: usize) -> Result<Page, String> {
        let empty = Stack::empty(Text::from(self.node.label()), self.node.lb_type, self.node.object());
        let (kind, rest) = locate(&empty, asked).map_err(|_| self.nothing())?;
        if rest.is_empty() {
            return Err(self.nothing());
        }
        let field = fields::find(&kind, rest)?;
        let layers = match &kind {
            Kind::Listener(port) => self.listener_layers(*port, &field),
            _ => self.configuration_layers(&field),
        };
        let mut page = Page::default();
        page.line(Style::Heading, format!("{}: not known", field.stack));
        page.line(Style::Origin, format!("of {kind} of Gateway {}", self.node.label()));
        page.gap();
        hard(&self.nothing(), width).iter().for_each(|line| page.line(Style::Problem, line));
        layer::list(&layers, "who would have a say, the strongest first:", &mut page, width);
        if layers.iter().all(|layer: &Layer| layer.says.is_none()) {
            page.line(Style::Plain, "no configuration that was found sets it");
        }
        Ok(page)
    }
}
