// The report's look: one style sheet for wide and narrow screens and for paper.
#pragma once

namespace protolith::report {

/// CSS of the report; refers to nothing outside itself.
extern const char* const html_style;

}  // namespace protolith::report
