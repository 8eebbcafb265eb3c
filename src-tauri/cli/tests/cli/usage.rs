//! Command lines that make no sense, and names that would break a message.

use serde_json::Value;

use crate::folder::Folder;
use crate::small::clinic;

#[test]
fn a_command_line_that_makes_no_sense_is_told_as_json_too() {
    let folder = Folder::new();
    for arguments in [
        &["day", "tomorrow", "--json"][..],
        &["--json", "dance"],
        &["--json", "undo", "-1"],
    ] {
        let message = folder.fails(arguments, 2);
        let told: Value = serde_json::from_str(&message).unwrap();
        assert_eq!(told["exit"], 2, "{message}");
        let text = told["error"].as_str().unwrap();
        assert!(text.contains(arguments[1]) || text.contains("-1"), "{text}");
        assert!(!text.contains('\n'), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_stays_in_one_line() {
    let folder = Folder::new();
    let odd = "two\nlines\u{1b}[2J.ordo";
    folder.write("clinic.json", &clinic());
    for (arguments, exit) in [
        (&["day", "--database", odd][..], 4),
        (&["import", odd, "--database", "c.ordo"], 3),
        (&["audit", "--clinic", odd], 3),
        (&["import", "clinic.json", "--database", "none\nhere/c.ordo"], 4),
        (&["plan", "--batch", odd], 3),
    ] {
        let message = folder.fails(arguments, exit);
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(
            message.contains('\u{fffd}') && !message.contains('\u{1b}'),
            "{message:?}"
        );
    }
    folder.succeeds(&["import", "clinic.json", "--database", odd]);
    let unknown = ["series", "--patient", "no\nbody", "--database", odd];
    assert_eq!(folder.fails(&unknown, 5).lines().count(), 1);
    // Also in what is kept of it.
    let journal = folder.succeeds(&["journal", "--database", odd]);
    assert!(journal.contains("import of clinic.json"), "{journal}");
}
