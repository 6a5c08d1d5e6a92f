//! Help, version and completion of the built binary.
//!
//! Subcommands have files of their own.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kubectl-gwchain")).args(arguments).output().expect("the plugin runs")
}

fn text(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[test]
fn help_speaks_of_kubectl_and_gives_examples() {
    for arguments in [&["--help"][..], &["plan", "--help"]] {
        let help = text(run(arguments));
        assert!(help.contains("Usage: kubectl gwchain"), "{help}");
        assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{help}");
    }
}

#[test]
fn version_says_what_it_follows() {
    let version = text(run(&["version"]));
    assert!(version.starts_with(concat!("kubectl-gwchain ", env!("CARGO_PKG_VERSION"), "\n")), "{version}");
    assert!(version.contains("AWS Load Balancer Controller"), "{version}");
}

/// kubectl runs the program of this name with the words typed so far.
#[cfg(unix)]
#[test]
fn kubectl_is_answered_by_the_name_it_asks_for() {
    let folder = std::env::temp_dir().join(format!("gwchain-complete-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let link = folder.join("kubectl_complete-gwchain");
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_kubectl-gwchain"), &link).expect("a link can be made");
    let output = Command::new(&link).args(["plan", "--prof"]).output().expect("the link runs");
    let answer = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(answer.starts_with("--profile\t") && answer.ends_with("\n:4\n"), "{answer}");
}

#[test]
fn every_shell_has_a_completion() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = text(run(&["completion", shell]));
        assert!(script.contains("kubectl-gwchain") && script.contains("plan"), "{shell}");
    }
    assert_eq!(run(&["completion", "tcsh"]).status.code(), Some(1));
}
