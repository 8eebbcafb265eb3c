//! The fence around the window: it goes nowhere, opens nothing, fetches nothing and runs no text as a program.

use tempfile::TempDir;

use crate::window::{SMALL, Window};

/// What a page that was taken over would try; gives what it got.
const ATTEMPTS: &str = "
    const [done] = arguments;
    const got = [];
    const refused = new Set();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.add(effectiveDirective));
    if (window.open('https://example.org/') !== null) got.push('a window');
    for (const target of ['_blank', '_self']) {
        const link = document.createElement('a');
        link.href = 'https://example.org/';
        link.target = target;
        document.body.append(link);
        link.click();
        link.remove();
    }
    const form = document.createElement('form');
    form.action = 'https://example.org/';
    document.body.append(form);
    form.submit();
    form.remove();
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    const picture = document.createElement('img');
    picture.src = 'https://example.org/picture.png';
    const program = document.createElement('script');
    program.textContent = 'window.wasRun = true';
    document.body.append(frame, picture, program);
    try { new Function('window.wasRun = true')(); } catch {}
    fetch('https://example.org/').then(() => got.push('an answer'), () => {});
    location.href = 'https://example.org/';
    setTimeout(() => {
        if (window.wasRun) got.push('a program run');
        done([got, [...refused].sort()]);
    }, 1000);";

#[tokio::test]
async fn a_page_that_was_taken_over_goes_nowhere_and_fetches_nothing() {
    let folder = TempDir::new().unwrap();
    let window = Window::open(folder.path(), SMALL).await;
    window.start_with_demo().await;
    let own = window.driver.current_url().await.unwrap();
    let answer = window.driver.execute_async(ATTEMPTS, vec![]).await.unwrap();
    let (got, refused): (Vec<String>, Vec<String>) = answer.convert().unwrap();
    assert_eq!(got, Vec::<String>::new());
    for directive in ["connect-src", "img-src", "script-src"] {
        let is_refused = refused.iter().any(|each| each.starts_with(directive));
        assert!(is_refused, "{directive} is not among {refused:?}");
    }
    assert_eq!(window.driver.current_url().await.unwrap(), own);
    assert_eq!(window.driver.windows().await.unwrap().len(), 1);
    // It still works.
    window.until_board().await;
    window.close().await;
}
