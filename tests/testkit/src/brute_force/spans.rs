//! Spans of instants.

/// From one instant to another, in minutes since 1970 in UTC.
pub(super) type Span = (i64, i64);

pub(super) fn within(inner: Span, outer: Span) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

pub(super) fn meet(one: Span, two: Span) -> bool {
    one.0 < two.1 && two.0 < one.1
}

/// Overlapping and touching spans as one.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut whole: Vec<Span> = Vec::new();
    for span in spans {
        match whole.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => whole.push(span),
        }
    }
    whole
}

/// What of `spans` lies in none of `holes`.
pub(super) fn less(spans: &[Span], holes: &[Span]) -> Vec<Span> {
    let mut left = spans.to_vec();
    for hole in holes {
        left = left
            .into_iter()
            .flat_map(|span| [(span.0, span.1.min(hole.0)), (span.0.max(hole.1), span.1)])
            .filter(|span| span.0 < span.1)
            .collect();
    }
    left
}
