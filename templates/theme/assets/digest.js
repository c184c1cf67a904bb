// What a digest does beyond being read. Every page is whole without it.

import { start as copying } from "./copy.js";
import { start as keys } from "./keys.js";
import { start as list } from "./list.js";
import { start as visits } from "./visits.js";

function page() {
  copying();
  list();
  visits();
  if (document.querySelector(".dg-search")) import("./search.js").then((search) => search.start());
  if (document.querySelector(".dg-map")) import("./map.js").then((map) => map.start());
  if (document.querySelector(".dg-reading")) import("./reading.js").then((reading) => reading.start());
}

keys();
// with Material's instant navigation a new page does not load this file again
if (window.document$) window.document$.subscribe(page);
else page();
