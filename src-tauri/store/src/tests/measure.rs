use super::{filled, stamp};
use crate::sample::{self, appointment};
use crate::{Action, StoreError};
use std::time::Instant;
#[test]
fn measure() {
    let (_folder, _path, mut store) = filled();
    store.connection.execute_batch("CREATE TABLE bare (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, practitioner TEXT, patient TEXT, service TEXT, room TEXT, start TEXT, minutes INTEGER, buffer INTEGER, status TEXT, a TEXT, b TEXT, c TEXT)").unwrap();
    let mut series = sample::series();
    series.patient = "li".into();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..40 {
        series.id = format!("r{round}").as_str().into();
        let visits: Vec<_> = (0..24).map(|n| {
            let mut v = appointment(&format!("r{round}v{n}"), "p1", "li", Some("room2"), "2026-04-01T09:00");
            v.start += chrono::TimeDelta::days(n * 7 + round / 6) + chrono::TimeDelta::minutes((round % 6) * 80);
            v.session = Some(ordo_core::model::SessionLink { series: series.id.clone(), week: n as u32 });
            v
        }).collect();
        let t = Instant::now();
        store.change::<_, StoreError>(&stamp(round), Action::Book, |tx| { tx.insert_series(&series)?; visits.iter().try_for_each(|v| tx.insert_appointment(v)) }).unwrap();
        ours.push(t.elapsed().as_micros());
        let t = Instant::now();
        let tx = store.connection.unchecked_transaction().unwrap();
        for n in 0..25 {
            store.connection.prepare_cached("INSERT INTO bare (id, practitioner, patient, service, room, start, minutes, buffer, status, a,b,c) VALUES (?1,'p1','li','physio-45','room2','2026-04-01T09:00',60,15,'booked','','','')").unwrap().execute([format!("r{round}v{n}")]).unwrap();
        }
        tx.commit().unwrap();
        bare.push(t.elapsed().as_micros());
    }
    ours.sort(); bare.sort();
    println!("ours {} bare {} (min {} {})", ours[20], bare[20], ours[0], bare[0]);
}
