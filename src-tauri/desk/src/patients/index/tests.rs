use super::super::distance::closely;
use super::*;

fn line(id: &str, name: &str, phone: &str, born: &str) -> PatientLine {
    PatientLine {
        id: id.into(),
        name: name.to_owned(),
        phone: phone.to_owned(),
        email: format!("{id}@example.ca"),
        date_of_birth: born.parse().ok(),
    }
}

fn index() -> PatientIndex {
    PatientIndex::new(vec![
        line("eloise", "Éloïse Lefèvre-Côté", "(514) 555-0143", "1984-03-12"),
        line("tremblay", "Jean-Paul Tremblay", "+1 416 555 0188", "1951-11-02"),
        line("tremblay2", "Marie Tremblay", "905-555-0123", ""),
        line("connor", "Siobhán O’Connor", "647.555.0177", "1990-01-01"),
        line("macdonald", "Angus MacDonald", "", ""),
        line("nguyen", "Nguyễn Thị Ánh", "416-555-0101 x22", ""),
        line("li", "李小龍", "", ""),
        line("levi", "שלומית לוי", "", ""),
        line("anna", "Anna Kaya", "", ""),
        line("ann", "Ann Kay", "", ""),
    ])
}

fn found(text: &str) -> Vec<String> {
    let index = index();
    let hits = index.search(text, &[]);
    hits.iter().map(|line| line.id.to_string()).collect()
}

#[test]
fn the_one_that_is_meant_comes_first() {
    for (typed, first) in [
        ("eloise", "eloise"),
        ("ÉLOÏSE", "eloise"),
        ("lefevre el", "eloise"),
        ("lefevre, eloise", "eloise"),
        ("cote", "eloise"),
        ("lefevrecote", "eloise"),
        ("jean paul", "tremblay"),
        ("jeanpaul", "tremblay"),
        ("tremblay j", "tremblay"),
        ("trembaly marie", "tremblay2"),
        ("trembley jp", ""),
        ("oconnor", "connor"),
        ("o'connor", "connor"),
        ("o’conor", "connor"),
        ("conner siobhan", "connor"),
        ("mac donald", "macdonald"),
        ("mcdonald", "macdonald"),
        ("nguyen", "nguyen"),
        ("anh", "nguyen"),
        ("李", "li"),
        ("לוי", "levi"),
        ("anna", "anna"),
        ("ann", "ann"),
        ("kay", "ann"),
        ("555 0188", "tremblay"),
        ("4165550188", "tremblay"),
        ("+1 (416) 555-0188", "tremblay"),
        ("0143", "eloise"),
        ("tremblay 0123", "tremblay2"),
        ("1984-03-12", "eloise"),
        ("1951", "tremblay"),
        ("connor@", "connor"),
        ("zzzz", ""),
        ("", ""),
        (" ,;' ", ""),
        ("(", ""),
    ] {
        let found = found(typed);
        assert_eq!(
            found.first().map_or("", String::as_str),
            first,
            "{typed}: {found:?}"
        );
    }
}

#[test]
fn who_was_here_lately_wins_among_equals() {
    let index = index();
    let first = |recent: &[PatientId]| index.search("tremblay", recent)[0].id.to_string();
    assert_eq!(first(&[]), "tremblay");
    assert_eq!(first(&["tremblay2".into()]), "tremblay2");
}

#[test]
fn patients_come_go_and_change() {
    let mut index = index();
    index.remove(&"eloise".into());
    index.remove(&"nobody".into());
    index.put(line("tremblay", "Jean-Paul Gagnon", "", ""));
    index.put(line("zoe", "Zoë Arsenault", "", ""));
    let ids = |text| -> Vec<String> {
        let hits = index.search(text, &[]);
        hits.iter().map(|line| line.id.to_string()).collect()
    };
    assert_eq!(ids("lefevre"), [""; 0]);
    assert_eq!(ids("gagnon"), ["tremblay"]);
    assert_eq!(ids("zoe"), ["zoe"]);
    assert_eq!(ids("ann"), ["ann", "anna"]);
    assert_eq!(
        index.get(&"ann".into()).map(|line| line.name.as_str()),
        Some("Ann Kay")
    );
    assert_eq!(index.len(), 10);
    assert_eq!(index.by_name()[0].name, "Angus MacDonald");
}

#[test]
fn who_may_be_the_same_person_is_found() {
    let index = index();
    for (name, phone, born, expected) in [
        ("Eloise Lefevre Cote", "", None, &["eloise"][..]),
        ("Côté-Lefèvre, Éloïse", "", None, &["eloise"]),
        ("Eloise Lefevre Cote", "", Some("1984-03-12"), &["eloise"]),
        ("Eloise Lefevre Cote", "", Some("1984-03-13"), &[]),
        ("Marie Trembley", "", None, &["tremblay2"]),
        ("Somebody Else", "514 555 0143", Some("1984-03-12"), &["eloise"]),
        ("Somebody Else", "514 555 0143", None, &[]),
        ("Ann Kaya", "", None, &[]),
        ("", "", None, &[]),
    ] {
        let born = born.map(|text: &str| text.parse().expect("a date"));
        let hits = index.alike(name, phone, born);
        let ids: Vec<_> = hits.iter().map(|line| line.id.as_str()).collect();
        assert_eq!(ids, expected, "{name} {born:?}");
    }
}

/// Twenty thousand patients of sixty thousand names, whatever is typed: hardly any name is compared letter by letter,
/// which is all that takes long.
#[test]
fn a_big_clinic_is_searched_while_typing() {
    let syllables = [
        "ma", "ri", "to", "lun", "ber", "sen", "ka", "wy", "oli", "der", "fra", "gou", "té", "min",
    ];
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    let mut name = || -> String {
        let count = 2 + next(2);
        (0..count).map(|_| syllables[next(syllables.len())]).collect()
    };
    let lines = (0..20_000)
        .map(|number| {
            let name = format!("{} {} {}", name(), name(), name());
            line(&format!("p{number}"), &name, &format!("416 555 {number:05}"), "")
        })
        .collect();
    let index = PatientIndex::new(lines);
    for (typed, most) in [
        ("m", 0),
        ("ma", 0),
        ("marito", 12_000),
        ("berlnu", 12_000),
        ("lunbersen frago", 5_000),
        ("zzzzzzzz", 40_000),
        ("555012", 0),
        ("trembaly mari ka", 1_000),
    ] {
        closely::take();
        let hits = index.search(typed, &[]).len();
        let compared = closely::take();
        assert!(
            hits > 0 || typed == "zzzzzzzz" || typed.contains("trem"),
            "{typed}"
        );
        assert!(compared <= most, "{typed}: {compared} names");
    }
}
