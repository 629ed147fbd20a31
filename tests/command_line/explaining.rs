//! `--help`: every command explains itself with an example.

use support::command_line::CommandLine;

const COMMANDS: &[&[&str]] = &[
    &["demo-org"],
    &["demo-org", "serve"],
    &["connect"],
    &["disconnect"],
    &["accounts"],
    &["tokens"],
    &["tokens", "show"],
    &["tokens", "move"],
    &["doctor"],
    &["support-bundle"],
    &["workspaces"],
    &["workspaces", "list"],
    &["import"],
    &["mapping"],
    &["mapping", "show"],
    &["mapping", "set"],
    &["mapping", "test"],
    &["mapping", "history"],
    &["mapping", "restore"],
    &["exports"],
    &["export"],
    &["runs"],
    &["runs", "list"],
    &["runs", "show"],
    &["runs", "ledger"],
    &["runs", "resume"],
    &["runs", "retry"],
    &["runs", "undo"],
    &["runs", "cancel"],
    &["users"],
    &["users", "map"],
    &["people"],
    &["people", "list"],
    &["people", "add"],
    &["people", "import"],
    &["people", "remove"],
    &["people", "role"],
    &["people", "switch"],
    &["audit"],
];

#[tokio::test]
async fn every_command_has_help_with_an_example() {
    let command_line = CommandLine::unconnected();
    let mut shown = Vec::new();
    for &command in COMMANDS {
        let help = command_line.raw(&[command, &["--help"]].concat()).await;
        assert_eq!(help.status.code(), Some(0), "{command:?}");
        let text = String::from_utf8(help.stdout).unwrap();
        let example = format!("Example: landbridge-cli {}", command[0]);
        assert!(
            text.contains(&example)
                || text.contains(&format!("Example: landbridge-cli --json {}", command[0])),
            "{command:?}: {text}"
        );
        shown.push((command, text));
    }
    // No command is left out of the list above.
    let top = command_line.raw(&["--help"]).await;
    let top = String::from_utf8(top.stdout).unwrap();
    for exit_code in ["0  ", "1  ", "2  ", "3  ", "4  "] {
        assert!(top.contains(exit_code), "{top}");
    }
    let known = |path: &[&str]| COMMANDS.contains(&path);
    for name in listed(&top) {
        assert!(known(&[&name]), "{name} is not tested here");
    }
    for (command, text) in shown.iter().filter(|(command, _)| command.len() == 1) {
        for name in listed(text) {
            assert!(
                known(&[command[0], &name]),
                "{command:?} {name} is not tested here"
            );
        }
    }
}

/// The commands that a help text lists, `help` itself left out.
fn listed(help: &str) -> Vec<String> {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}
