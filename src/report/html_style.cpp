// Text in one column of readable width; the contents stand beside it where there is room. Tables have rules above and
// below only.
#include "report/html_style.hpp"

namespace protolith::report {

const char* const html_style = R"css(
:root { color-scheme: light; --ink: #1f2529; --soft: #5b666e; --rule: #d5dade; --accent: #14567a; --shade: #f5f7f8; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, header, footer { max-width: 880px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 40px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
.subtitle { color: var(--soft); margin: 0 0 18px; overflow-wrap: anywhere; }
.summary { font-size: 1.08rem; border-left: 4px solid var(--accent); padding: 2px 0 2px 16px; margin: 0 0 20px; }
h2 { font-size: 1.35rem; margin: 46px 0 12px; padding-bottom: 6px; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1.08rem; margin: 28px 0 8px; }
p { margin: 0 0 14px; overflow-wrap: break-word; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
nav { background: var(--shade); border-radius: 6px; padding: 12px 18px; margin: 0 0 8px; font-size: .93rem; }
nav strong { display: block; margin-bottom: 4px; }
nav ol { margin: 0; padding-left: 1.3em; columns: 2 240px; }
nav ol ol { list-style: none; padding-left: .4em; columns: auto; }
.warnings { background: #fff7e6; border: 1px solid #e8b24a; border-radius: 6px; padding: 12px 18px; margin: 0 0 18px; }
.warnings ul { margin: 4px 0 0; padding-left: 1.2em; }
figure { margin: 22px 0 26px; text-align: center; }
figure img { max-width: 100%; height: auto; }
figure .missing { border: 1px dashed var(--rule); color: var(--soft); padding: 26px; }
figcaption, .table-caption { font-size: .92rem; line-height: 1.45; color: #333c42; text-align: left; }
figcaption { max-width: 720px; margin: 8px auto 0; }
.files { color: var(--soft); font-size: .82rem; margin-top: 3px; overflow-wrap: anywhere; }
.table-caption { margin: 22px 0 6px; }
.table { overflow-x: auto; margin-bottom: 6px; }
table { border-collapse: collapse; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); font-size: .92rem; }
th { text-align: left; border-bottom: 1px solid var(--ink); vertical-align: bottom; font-weight: 600; }
th, td { padding: 5px 16px 5px 4px; white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--shade); }
.number { text-align: right; font-variant-numeric: tabular-nums; padding: 5px 4px 5px 16px; }
.unit { font-weight: 400; color: var(--soft); }
td strong { color: var(--accent); }
.footnote { font-size: .85rem; color: var(--soft); margin: 2px 0; }
dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 3px 22px; margin: 0 0 16px; font-size: .95rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--shade); border-radius: 6px; padding: 12px 16px; overflow-x: auto; margin: 0 0 16px;
  font: .84rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
code { font: .9em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; background: var(--shade); padding: 1px 4px; border-radius: 3px;
  overflow-wrap: anywhere; }
.table-name { color: #7a3e9d; font-weight: 600; } .key { color: #14567a; } .string { color: #2f6f3a; } .value { color: #a3480b; }
.comment { color: #6f7a82; font-style: italic; }
footer { margin-top: 50px; padding-bottom: 40px; color: var(--soft); font-size: .85rem; }
@media (min-width: 1320px) {
  nav { position: fixed; top: 40px; left: max(16px, calc(50% - 690px)); width: 220px; max-height: calc(100vh - 80px); overflow-y: auto; }
  nav ol { columns: auto; }
}
@media (max-width: 520px) {
  body { font-size: 15px; }
  main, header, footer { padding-left: 12px; padding-right: 12px; }
  header { padding-top: 20px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
  th, td { padding-right: 10px; }
}
@media print {
  body { font-size: 10pt; }
  main, header, footer { max-width: none; padding: 0; }
  nav { position: static; width: auto; max-height: none; background: none; border: 1px solid var(--rule); }
  h2, h3, .table-caption { break-after: avoid; }
  figure, tr, .warnings, dl { break-inside: avoid; }
  figure img { max-height: 21cm; }
  pre { white-space: pre-wrap; border: 1px solid var(--rule); }
  .table { overflow: visible; }
  th, td { white-space: normal; }
  a { color: inherit; }
}
)css";

}  // namespace protolith::report
