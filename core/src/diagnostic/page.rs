//! The page behind each code: what it means, why, and what to do, with examples that are run as tests.
//!
//! It does not render: a page is Markdown.

macro_rules! pages {
    ($($code:literal)*) => {
        /// The page of a code such as `GWC0101`.
        pub fn page(code: &str) -> Option<&'static str> {
            match code {
                $($code => Some(include_str!(concat!("../../docs/diagnostics/", $code, ".md"))),)*
                _ => None,
            }
        }
    };
}

pages! {
    "GWC0101" "GWC0102" "GWC0104" "GWC0105" "GWC0106" "GWC0107" "GWC0109"
    "GWC0201" "GWC0205"
    "GWC0303" "GWC0304" "GWC0306" "GWC0307" "GWC0308" "GWC0309" "GWC0310"
    "GWC0403" "GWC0404" "GWC0405"
    "GWC0504" "GWC0505"
    "GWC0601" "GWC0602" "GWC0603" "GWC0604" "GWC0605" "GWC0606" "GWC0607" "GWC0608" "GWC0609"
}
