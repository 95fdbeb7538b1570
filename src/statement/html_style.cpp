#include "statement/html_style.hpp"

namespace xiaoyuan::statement {

std::string_view html_style() {
  return R"css(
:root{color-scheme:light dark;--ink:#1a1f1c;--soft:#59615c;--ground:#fff;--card:#f0f5ef;--line:#cfd6d1;
--green:#1f6b41;--blue:#2f5f9c;--orange:#b3610f;--red:#b02a20;--violet:#6b5791}
@media (prefers-color-scheme:dark){:root{--ink:#e8ece9;--soft:#a9b2ac;--ground:#151916;--card:#20261f;
--line:#3b443d;--green:#4da873;--blue:#6c9bd6;--orange:#d98a3d;--red:#ee7b70;--violet:#a892cf}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font:17px/1.5 system-ui,"Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif}
main,nav{max-width:52rem;margin:0 auto;padding:0 1rem}
nav{display:flex;gap:.5rem;justify-content:flex-end;padding-top:.6rem}
nav label{border:1px solid var(--line);border-radius:.4rem;padding:.1rem .6rem;cursor:pointer}
input.language{position:absolute;opacity:0}
#zh:checked~main [lang=en],#en:checked~main [lang=zh]{display:none}
#zh:checked~nav [for=zh],#en:checked~nav [for=en]{background:var(--green);color:var(--ground)}
#zh:focus-visible~nav [for=zh],#en:focus-visible~nav [for=en]{outline:2px solid var(--ink)}
h1{color:var(--green);font-size:1.7rem;line-height:1.25;margin:.2rem 0}
h2{color:var(--green);font-size:1.15rem;border-bottom:1px solid var(--green);margin:1.6rem 0 .4rem}
h3{font-size:1rem;margin:.9rem 0 .2rem;background:var(--card);padding:.2rem .5rem}
.who{font-size:1.25rem;font-weight:700;margin:0}.soft,small{color:var(--soft)}
.example{float:right;background:var(--orange);color:var(--ground);padding:0 .6rem;border-radius:.3rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin:1rem 0}
.tile{background:var(--card);border-radius:.6rem;padding:.5rem;text-align:center}
.tile b{display:block;font-size:clamp(1.2rem,6.2vw,1.75rem);line-height:1.2;font-variant-numeric:tabular-nums}
.tile.money small,.tile.pay small{color:inherit}
.tile.money{background:var(--green);color:var(--ground)}.tile.pay{background:var(--red);color:var(--ground)}
.bar{display:flex;border-radius:.3rem;overflow:hidden;margin:.25rem 0}
.bar span{color:var(--ground);padding:.15rem .3rem;overflow:hidden;white-space:nowrap;font-size:.9rem;min-width:2px}
.made,.used{background:var(--green)}.bought{background:var(--blue)}.sold{background:var(--orange)}
.shared_in,.shared_out{background:var(--violet)}.open{background:var(--red)}
.parts{font-size:.9rem;color:var(--soft);margin:0}
details{border-bottom:1px solid var(--line)}
summary{display:grid;grid-template-columns:1fr auto;gap:0 .6rem;padding:.4rem .2rem;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary>.label::before{content:"▸ ";color:var(--soft)}details[open]>summary>.label::before{content:"▾ "}
summary .reckoned{grid-column:1;color:var(--soft);font-size:.9rem}
summary .amount{grid-column:2;grid-row:1;font-weight:700;font-variant-numeric:tabular-nums;text-align:right}
.minus{color:var(--red)}
.why{padding:.1rem .4rem .7rem 1.1rem;font-size:.95rem}.why p{margin:.25rem 0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:.2rem .25rem;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left}
th{color:var(--soft);font-weight:600}.differs td{color:var(--red)}
.total{display:flex;justify-content:space-between;font-size:1.3rem;font-weight:700;padding:.5rem .2rem}
.proof{overflow-wrap:anywhere;font:12px/1.4 ui-monospace,monospace;color:var(--soft)}
@media print{nav{display:none}body{font-size:11pt;background:#fff;color:#000}details{break-inside:avoid}
.tile,.bar span,h3{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
)css";
}

}  // namespace xiaoyuan::statement
