//! The only SQL of Ordo: tables, migrations, journal, encryption.
