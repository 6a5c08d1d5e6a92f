//! The picture for Graphviz: nodes, edges and frames; Graphviz places them itself.
//!
//! Texts are quoted so that no escape of users is obeyed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Edge, EdgeKind, Graph, Group, GroupKind, Line, Node, NodeKind};

/// The picture in the DOT language.
pub fn dot(graph: &Graph) -> String {
    let numbers: BTreeMap<&str, usize> =
        graph.nodes.iter().enumerate().map(|(number, node)| (node.id.as_str(), number)).collect();
    let mut out = "digraph gwchain {\n  rankdir=LR;\n  node [shape=box, style=\"rounded\", fontname=\"Helvetica\", \
                   fontsize=10];\n  edge [fontname=\"Helvetica\", fontsize=9, color=\"#808a98\"];\n  \
                   graph [fontname=\"Helvetica\", fontsize=11];\n"
        .to_owned();
    for node in graph.nodes.iter().filter(|node| node.group.is_none()) {
        add_node(&mut out, node, numbers[node.id.as_str()], "  ");
    }
    for (number, group) in graph.groups.iter().enumerate().filter(|(_, group)| group.parent.is_none()) {
        add_group(&mut out, graph, group, &numbers, (number, "  "));
    }
    for edge in &graph.edges {
        add_edge(&mut out, edge, numbers[edge.from.as_str()], numbers[edge.to.as_str()]);
    }
    out.push_str("}\n");
    out
}

fn add_group(out: &mut String, graph: &Graph, group: &Group, numbers: &BTreeMap<&str, usize>, place: (usize, &str)) {
    let (number, indent) = place;
    let inner = format!("{indent}  ");
    let style = match group.kind {
        GroupKind::Gateway => "rounded",
        GroupKind::Host => "dotted",
    };
    let label = label(&group.shape.lines);
    let _ = writeln!(out, "{indent}subgraph cluster_{number} {{\n{inner}label={label};\n{inner}style={style};");
    for node in graph.nodes.iter().filter(|node| node.group.as_ref() == Some(&group.id)) {
        add_node(out, node, numbers[node.id.as_str()], &inner);
    }
    let within = graph.groups.iter().enumerate().filter(|(_, one)| one.parent.as_ref() == Some(&group.id));
    for (number, group) in within {
        add_group(out, graph, group, numbers, (number, &inner));
    }
    let _ = writeln!(out, "{indent}}}");
}

fn add_node(out: &mut String, node: &Node, number: usize, indent: &str) {
    let style = match (node.kind, node.shape.findings.first().map(|found| found.severity)) {
        (NodeKind::Blocked | NodeKind::LeftOut, _) => ", style=\"rounded,dashed\", color=\"#c62b32\"",
        (_, Some("error")) => ", color=\"#c62b32\"",
        (_, Some("warning")) => ", color=\"#b06a00\"",
        (NodeKind::Client, _) => ", shape=ellipse",
        (NodeKind::Rules | NodeKind::TargetGroups | NodeKind::Services, _) => ", peripheries=2",
        _ => "",
    };
    let (label, tooltip) = (label(&node.shape.lines), quoted(&node.shape.title));
    let _ = writeln!(out, "{indent}n{number} [label={label}, tooltip={tooltip}{style}];");
}

fn add_edge(out: &mut String, edge: &Edge, from: usize, to: usize) {
    let mut attributes: Vec<String> = Vec::new();
    attributes.extend(edge.label.as_ref().map(|label| format!("label={}", quoted(label))));
    match edge.kind {
        EdgeKind::Traffic => {}
        EdgeKind::Unused | EdgeKind::Refused => attributes.push("style=dashed".to_owned()),
        EdgeKind::LeftOut => attributes.push("style=dotted, color=\"#c62b32\"".to_owned()),
    }
    let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
    let _ = writeln!(out, "  n{from} -> n{to}{attributes};");
}

fn label(lines: &[Line]) -> String {
    quoted(&lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"))
}

/// A quoted string whose backslashes and entities mean themselves.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' => out.push_str("&amp;"),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_ends_a_string() {
        assert_eq!(quoted("a\"b\\N&lt;\nc"), "\"a\\\"b\\\\N&amp;lt;\\nc\"");
    }
}
