//! Invented names of many kinds: accents, hyphens, short, long, and scripts other than Latin.

const GIVEN: [&str; 50] = [
    "Amélie",
    "Noah",
    "Siobhán",
    "Liam",
    "Zoë",
    "Mateo",
    "Chloé",
    "Oluwaseun",
    "Ines",
    "Jürgen",
    "Aaliyah",
    "Björn",
    "Camille",
    "Dmitri",
    "Élodie",
    "Farid",
    "Grace",
    "Hiroko",
    "Imani",
    "João",
    "Kateri",
    "Lucía",
    "Malik",
    "Nadia",
    "Omar",
    "Paige",
    "Quentin",
    "Rosalind",
    "Søren",
    "Tomasz",
    "Ursula",
    "Václav",
    "Winona",
    "Xavier",
    "Yasmin",
    "Zainab",
    "André",
    "Beatriz",
    "Callum",
    "Devika",
    "Ethan",
    "Fatoumata",
    "Gérard",
    "Hannah",
    "Isaac",
    "Jacinthe",
    "Kenji",
    "Léo",
    "Maeve",
    "Nikolai",
];

const FAMILY: [&str; 53] = [
    "Tremblay",
    "Nguyen",
    "O’Sullivan",
    "Singh",
    "Côté",
    "Kowalski",
    "Fernández",
    "Bouchard",
    "MacDonald",
    "Haddad",
    "Ivanova",
    "Yamamoto",
    "Gagnon-Lévesque",
    "Adeyemi",
    "Müller",
    "Papadopoulos",
    "Whiteduck",
    "Roy",
    "Chaudhry",
    "Ng",
    "Lefebvre",
    "D’Angelo",
    "Ståhl",
    "Park",
    "Okonkwo",
    "Bélanger",
    "Peltier",
    "Katz",
    "Novák",
    "Oyelaran",
    "Rossi",
    "Sørensen",
    "Tkachenko",
    "Uddin",
    "van der Berg",
    "Wójcik",
    "Ximénez",
    "Yılmaz",
    "Zhou",
    "Abramson",
    "Brar",
    "Cardinal",
    "Desjardins",
    "Esposito",
    "Fraser",
    "Gill",
    "Hussain",
    "Ishikawa",
    "Jensen",
    "Lapointe",
    "Mbeki",
    "Thériault",
    "Petrović",
];

/// Whole names that the lists above would never make.
const SPECIAL: [&str; 12] = [
    "李小龙",
    "Ю Ли",
    "محمد الأحمد",
    "דניאל כהן",
    "김서연",
    "Αικατερίνη Παπαδημητρίου",
    "Wu",
    "Bo Li",
    "Maria Guadalupe Concepción de los Ángeles Fernández-Villanueva y Ortega",
    "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff",
    "Nguyễn Thị Ánh Tuyết",
    "Æsa Þórhallsdóttir",
];

/// The name of the n-th patient; all of the first 400 differ.
pub(super) fn patient_name(index: usize) -> String {
    if index % 33 == 7
        && let Some(special) = SPECIAL.get(index / 33)
    {
        return (*special).to_owned();
    }
    // 50 and 53 share no factor, so the pairs repeat after 2,650 patients only.
    format!("{} {}", GIVEN[index % GIVEN.len()], FAMILY[index % FAMILY.len()])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn four_hundred_patients_have_four_hundred_names() {
        let names: HashSet<_> = (0..400).map(super::patient_name).collect();
        assert_eq!(names.len(), 400);
        assert!(super::SPECIAL.iter().all(|special| names.contains(*special)));
    }
}
