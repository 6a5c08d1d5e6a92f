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
    "GWC0101" "GWC0102" "GWC0103" "GWC0104" "GWC0105" "GWC0106" "GWC0107" "GWC0108" "GWC0109"
    "GWC0110" "GWC0111" "GWC0112" "GWC0113" "GWC0114" "GWC0115"
    "GWC0201" "GWC0202" "GWC0203" "GWC0204" "GWC0205" "GWC0206" "GWC0207" "GWC0208"
    "GWC0301" "GWC0302" "GWC0303" "GWC0304" "GWC0305" "GWC0306" "GWC0307" "GWC0308" "GWC0309"
    "GWC0310" "GWC0311" "GWC0312" "GWC0313" "GWC0314" "GWC0315" "GWC0316"
    "GWC0401" "GWC0402" "GWC0403" "GWC0404" "GWC0405" "GWC0406" "GWC0407" "GWC0408" "GWC0409"
    "GWC0410" "GWC0411" "GWC0412"
    "GWC0501" "GWC0502" "GWC0503" "GWC0504" "GWC0505" "GWC0506"
    "GWC0601" "GWC0602" "GWC0603" "GWC0604" "GWC0605" "GWC0606" "GWC0607" "GWC0608" "GWC0609"
    "GWC0610" "GWC0611" "GWC0612"
}
