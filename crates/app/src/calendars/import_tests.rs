//! Files as programs write them: of other countries, of China, and broken ones.

use huiyin_domain::calendar::{What, Whose};
use huiyin_domain::person::Role;
use jiff::civil::date;

use super::*;
use crate::calendars::look;
use crate::testing::{UNIT, actor, benches};

/// Two days in one event, one that comes back each year but once, a folded line, an
/// escaped comma, and five events that cannot be used.
const GERMANY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n\
    SUMMARY;LANGUAGE=de-DE:Weihnachten\\, beide\r\n  Tage\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20201003\r\nRRULE:FREQ=YEARLY;UNTIL=20281003\r\n\
    EXDATE;VALUE=DATE:20261003\r\nSUMMARY:Tag der Einheit\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20260101T090000Z\r\nSUMMARY:Sprechstunde\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:4\r\nDTSTART;VALUE=DATE:20261332\r\nSUMMARY:Nie\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:5\r\nDTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260430\r\n\
    SUMMARY:Verkehrt\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:6\r\nDTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=SOMETIMES\r\n\
    SUMMARY:Manchmal\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:7\r\nSUMMARY:Wann\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:8\r\nDTSTART;VALUE=DATE:20260601\r\n\
    END:VCALENDAR\r\n";

const CHINA: &str = "BEGIN:VCALENDAR\n\
    BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270308\nSUMMARY;LANGUAGE=zh:妇女节\nEND:VEVENT\n\
    BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY;LANGUAGE=zh_CN:元旦（休）\n\
    X-APPLE-SPECIAL-DAY:WORK-HOLIDAY\nEND:VEVENT\n\
    BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270103\nSUMMARY;LANGUAGE=zh_CN:元旦（班）\n\
    X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\nEND:VEVENT\nEND:VCALENDAR\n";

fn prefecture() -> Whose {
    Whose::Place("6529".parse().unwrap())
}

#[tokio::test]
async fn days_come_in_once_and_what_is_wrong_is_told_by_its_line() {
    for bench in benches() {
        let (app, office) = (&bench.app, actor(Role::Office));
        let files: &[&[u8]] = &[GERMANY.as_bytes()];
        let dry = import(app, &office, prefecture(), files, Mode::DryRun)
            .await
            .unwrap();
        assert!(look::look(app).await.unwrap().0.places().is_empty());
        let real = import(app, &office, prefecture(), files, Mode::Real)
            .await
            .unwrap();
        assert_eq!(dry, real);
        // Two days of Christmas; 3 October of 2025, 2027 and 2028.
        assert_eq!((real.lines, real.added), (7, 5));
        let told: Vec<(u64, &str, &str)> = real
            .faults
            .iter()
            .map(|fault| (fault.line, fault.column.as_str(), fault.key))
            .collect();
        assert_eq!(
            told,
            [
                (19, "DTSTART", "fault-event-hours"),
                (24, "DTSTART", "fault-event-date"),
                (30, "DTEND", "fault-event-end"),
                (36, "RRULE", "fault-event-rule"),
                (39, "DTSTART", "fault-required"),
                (43, "", "fault-event-open"),
            ]
        );
        let again = import(app, &office, prefecture(), files, Mode::Real)
            .await
            .unwrap();
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 5));

        let (almanac, _) = look::look(app).await.unwrap();
        let days = almanac.days(&prefecture()).unwrap();
        let christmas = days.get(date(2026, 12, 26)).unwrap();
        assert_eq!(christmas.what, What::Off);
        assert_eq!(christmas.names.0["de"], "Weihnachten, beide Tage");
        assert!(days.get(date(2026, 10, 3)).is_none());
        assert_eq!(
            days.get(date(2028, 10, 3)).unwrap().names.in_lang("zh"),
            "Tag der Einheit"
        );
        let here = "652901001001".parse().unwrap();
        assert!(
            !almanac
                .calendar(Some(&here), None)
                .is_working(date(2026, 12, 25))
        );
    }
}

#[tokio::test]
async fn a_list_that_marks_its_days_brings_swapped_workdays() {
    for bench in benches() {
        let (app, office) = (&bench.app, actor(Role::Office));
        bench
            .clock
            .set("2026-11-24T09:00:00+08:00".parse().unwrap());
        assert_eq!(look::look(app).await.unwrap().1, Some(2027));
        let files: &[&[u8]] = &[CHINA.as_bytes()];
        let report = import(app, &office, prefecture(), files, Mode::Real)
            .await
            .unwrap();
        assert_eq!((report.lines, report.added, report.faults.len()), (3, 2, 0));
        let (almanac, missing) = look::look(app).await.unwrap();
        assert_eq!(missing, None);
        let calendar = almanac.calendar(Some(&"652901".parse().unwrap()), None);
        assert!(!calendar.is_working(date(2027, 1, 1)));
        assert!(
            calendar.is_working(date(2027, 1, 3)),
            "a Sunday on which people work"
        );
        assert!(calendar.is_working(date(2027, 3, 8)), "observed, not kept");
        assert_eq!(calendar.day(date(2027, 1, 3)).hours.minutes(), 7 * 60);
    }
}

#[tokio::test]
async fn what_cannot_be_brought_in_is_refused() {
    for bench in benches() {
        let (app, office) = (&bench.app, actor(Role::Office));
        let take = |actor, whose, file: &'static [u8]| async move {
            import(app, actor, whose, &[file], Mode::Real)
                .await
                .unwrap_err()
        };
        let key = |error: Error| error.refusal().unwrap().key();
        let nowhere = || Whose::Place("1501".parse().unwrap());
        let nobody = Whose::Unit(huiyin_domain::id::UnitId::from_raw(9));
        let file = CHINA.as_bytes();
        let csv = b"date,name\n2027-01-01,x\n";
        assert_eq!(
            key(take(&office, nowhere(), file).await),
            "refused-no-place"
        );
        assert_eq!(key(take(&office, nobody, file).await), "refused-no-unit");
        assert_eq!(
            key(take(&office, prefecture(), csv).await),
            "refused-import-no-calendar"
        );
        static HUGE: [u8; BYTES_MAX + 1] = [b' '; BYTES_MAX + 1];
        assert_eq!(
            key(take(&office, prefecture(), &HUGE).await),
            "refused-too-large"
        );
        let other = actor(Role::Community);
        assert_eq!(
            key(take(&other, Whose::Unit(UNIT), file).await),
            "refused-not-permitted"
        );
    }
}
