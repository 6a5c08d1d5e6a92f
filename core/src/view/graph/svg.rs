//! The picture as SVG: one file without scripts or fonts, light or dark as the reader has it.
//!
//! Every text of users is escaped, and so cannot end an element or an attribute.

use std::fmt::Write as _;

use super::measure::{LINE, natural};
use super::{Edge, EdgeKind, Found, Graph, Group, GroupKind, Line, LineStyle, Node, Shape};
use crate::render::clean;

const STYLE: &str = include_str!("svg/style.css");

/// From the edge of a node to its text.
const INDENT: i32 = 10;
/// From the upper edge of a node to the foot of its first line.
const FIRST: i32 = 18;

/// The picture.
pub fn svg(graph: &Graph) -> String {
    let mut out = String::new();
    let Graph { width, height, .. } = graph;
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"gwchain-title gwchain-desc\" class=\"gwchain\">\n<title id=\"gwchain-title\">Load balancers from the client to the Services</title>\n<desc \
         id=\"gwchain-desc\">{}</desc>\n<style>\n{STYLE}</style>",
        escaped(&description(graph)),
    );
    let _ = writeln!(out, "<rect class=\"sheet\" width=\"{width}\" height=\"{height}\"/>");
    for heading in &graph.headings {
        let _ =
            writeln!(out, "<text class=\"heading\" x=\"{}\" y=\"{}\">{}</text>", heading.x, heading.y, heading.text);
    }
    graph.groups.iter().for_each(|group| add_group(&mut out, group));
    graph.edges.iter().for_each(|edge| add_edge(&mut out, edge));
    graph.nodes.iter().for_each(|node| add_node(&mut out, node));
    graph.edges.iter().for_each(|edge| add_label(&mut out, edge));
    out.push_str("</svg>\n");
    out
}

/// What there is, in a sentence for those who can't see it.
fn description(graph: &Graph) -> String {
    let names: Vec<&str> = graph
        .groups
        .iter()
        .filter(|group| group.kind == GroupKind::Gateway)
        .filter_map(|group| group.shape.lines.first())
        .map(|line| line.text.as_str())
        .collect();
    let (shown, more) = names.split_at(names.len().min(12));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    format!("{}{more}; {nodes} nodes, {edges} edges, from left to right.", shown.join(", "))
}

fn add_group(out: &mut String, group: &Group) {
    let kind = match group.kind {
        GroupKind::Gateway => "gateway",
        GroupKind::Host => "host",
    };
    let lb_type = group.load_balancer_type.unwrap_or("other");
    let shape = &group.shape;
    open(out, &format!("group {kind} {lb_type}"), &group.id, shape);
    let radius = if group.kind == GroupKind::Gateway { 12 } else { 8 };
    let _ = write!(out, "{}", rect(shape, "frame", radius));
    add_lines(out, shape, &shape.lines, FIRST);
    out.push_str("</g>\n");
}

fn add_node(out: &mut String, node: &Node) {
    let shape = &node.shape;
    open(out, &format!("node {}", name(&node.kind)), &node.id, shape);
    let _ = write!(out, "{}", rect(shape, "card", 7));
    let (x, y) = (shape.x, shape.y + 7);
    let _ = write!(out, "<path class=\"mark\" d=\"M{x} {y}v{}\"/>", shape.height - 14);
    add_lines(out, shape, &shape.lines, FIRST);
    out.push_str("</g>\n");
}

/// The name that JSON has for a kind or a style.
fn name(kind: &impl serde::Serialize) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn open(out: &mut String, class: &str, id: &str, shape: &Shape) {
    let severity = worst(&shape.findings).map(|severity| format!(" {severity}")).unwrap_or_default();
    let _ = write!(
        out,
        "<g class=\"{class}{severity}\" data-id=\"{}\"><title>{}</title>",
        escaped(&clean(id)),
        escaped(&shape.title)
    );
}

fn worst(findings: &[Found]) -> Option<&'static str> {
    findings.first().map(|found| found.severity)
}

fn rect(shape: &Shape, class: &str, radius: i32) -> String {
    let Shape { x, y, width, height, .. } = shape;
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>")
}

fn add_lines(out: &mut String, shape: &Shape, lines: &[Line], first: i32) {
    let mut y = shape.y + first;
    for line in lines {
        let style = name(&line.style);
        let room = shape.width - 2 * INDENT;
        // Where the reader's font is wider than ours, letters move together instead of out of the box.
        let taken = natural(&line.text, line.style == LineStyle::Name);
        let fit = if taken * 10 > room * 8 { format!(" textLength=\"{}\"", taken.min(room)) } else { String::new() };
        let fit = if fit.is_empty() { fit } else { format!("{fit} lengthAdjust=\"spacingAndGlyphs\"") };
        let x = shape.x + INDENT;
        let _ = write!(out, "<text class=\"{style}\" x=\"{x}\" y=\"{y}\"{fit}>{}</text>", escaped(&line.text));
        y += LINE;
    }
}

fn add_edge(out: &mut String, edge: &Edge) {
    let _ = writeln!(
        out,
        "<path class=\"edge {}\" data-from=\"{}\" data-to=\"{}\" d=\"{}\"/>",
        name(&edge.kind),
        escaped(&clean(&edge.from)),
        escaped(&clean(&edge.to)),
        edge.path
    );
}

fn add_label(out: &mut String, edge: &Edge) {
    if let (Some(label), Some([x, y])) = (&edge.label, edge.label_at) {
        let kind = if edge.kind == EdgeKind::Unused { " unused" } else { "" };
        let _ =
            writeln!(out, "<text class=\"label{kind}\" x=\"{x}\" y=\"{}\">{}</text>", y + 4, escaped(&clean(label)));
    }
}

/// Text for an element or an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            // XML has no place for these, not even as references.
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_an_attribute_or_an_element() {
        assert_eq!(
            escaped("<a b=\"c\" d='e'>&\u{1}\u{ffff}"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\u{fffd}\u{fffd}"
        );
    }
}
