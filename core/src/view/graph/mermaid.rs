//! The picture for Mermaid, which Git hosts and wikis draw from text; it places everything itself.
//!
//! All but letters, digits and harmless signs are written as numbers, so that no text of users is obeyed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Edge, EdgeKind, Graph, Group, Line, Node, NodeKind};

const CLASSES: &str = "  classDef error stroke:#c62b32,stroke-width:2px\n  classDef warning stroke:#b06a00,stroke-width:2px\n  \
                       classDef missing stroke:#c62b32,stroke-dasharray:5 4\n";

/// The picture as a flowchart.
pub fn mermaid(graph: &Graph) -> String {
    let numbers: BTreeMap<&str, usize> =
        graph.nodes.iter().enumerate().map(|(number, node)| (node.id.as_str(), number)).collect();
    let mut out = "flowchart LR\n".to_owned();
    for node in graph.nodes.iter().filter(|node| node.group.is_none()) {
        add_node(&mut out, node, numbers[node.id.as_str()], "  ");
    }
    for (number, group) in graph.groups.iter().enumerate().filter(|(_, group)| group.parent.is_none()) {
        add_group(&mut out, graph, group, &numbers, (number, "  "));
    }
    for edge in &graph.edges {
        add_edge(&mut out, edge, numbers[edge.from.as_str()], numbers[edge.to.as_str()]);
    }
    out.push_str(CLASSES);
    out
}

fn add_group(out: &mut String, graph: &Graph, group: &Group, numbers: &BTreeMap<&str, usize>, place: (usize, &str)) {
    let (number, indent) = place;
    let inner = format!("{indent}  ");
    let _ = writeln!(out, "{indent}subgraph g{number}[\"{}\"]", label(&group.shape.lines));
    for node in graph.nodes.iter().filter(|node| node.group.as_ref() == Some(&group.id)) {
        add_node(out, node, numbers[node.id.as_str()], &inner);
    }
    let within = graph.groups.iter().enumerate().filter(|(_, one)| one.parent.as_ref() == Some(&group.id));
    for (number, group) in within {
        add_group(out, graph, group, numbers, (number, &inner));
    }
    let _ = writeln!(out, "{indent}end");
}

fn add_node(out: &mut String, node: &Node, number: usize, indent: &str) {
    let (open, close) = match node.kind {
        NodeKind::Client => ("([", "])"),
        NodeKind::Rules | NodeKind::TargetGroups | NodeKind::Services | NodeKind::Gateways => ("[[", "]]"),
        _ => ("[", "]"),
    };
    let class = match (node.kind, node.shape.findings.first().map(|found| found.severity)) {
        (NodeKind::Blocked | NodeKind::LeftOut, _) => ":::missing",
        (_, Some("error")) => ":::error",
        (_, Some("warning")) => ":::warning",
        _ => "",
    };
    let _ = writeln!(out, "{indent}n{number}{open}\"{}\"{close}{class}", label(&node.shape.lines));
}

fn add_edge(out: &mut String, edge: &Edge, from: usize, to: usize) {
    let arrow = match edge.kind {
        EdgeKind::Traffic => "-->",
        EdgeKind::Unused | EdgeKind::Refused | EdgeKind::LeftOut => "-.->",
    };
    let label = edge.label.as_ref().map(|label| format!("|\"{}\"|", escaped(label))).unwrap_or_default();
    let _ = writeln!(out, "  n{from} {arrow}{label} n{to}");
}

fn label(lines: &[Line]) -> String {
    lines.iter().map(|line| escaped(&line.text)).collect::<Vec<_>>().join("<br/>")
}

/// Mermaid takes `#35;` for the character of that number.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            letter if letter.is_alphanumeric() || " ,/:-·…→".contains(letter) => out.push(letter),
            letter => drop(write!(out, "#{};", u32::from(letter))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_become_numbers() {
        assert_eq!(escaped("a\"]; click <b> `x` 1."), "a#34;#93;#59; click #60;b#62; #96;x#96; 1#46;");
    }
}
