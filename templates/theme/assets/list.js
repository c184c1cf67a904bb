// The reading list: papers kept in this browser, by a button on every card and paper.

import { PAPER, el, factsOf, keep, recall, say, titleOf } from "./page.js";

/** The papers kept, the last one first: [{id, title}]. */
export const kept = () => recall("list", []);

/** Keep a paper, or let it go, and say which. */
export function toggle(id, title) {
  const others = kept().filter((paper) => paper.id !== id);
  const was = others.length < kept().length;
  if (!keep("list", was ? others : [{ id, title }, ...others])) return say("This browser keeps nothing");
  say(was ? "Off your reading list" : "On your reading list");
  show();
}

/** Give every card and the paper's own page a button. */
export function start() {
  for (const paper of document.querySelectorAll(PAPER)) {
    if (paper.querySelector(".dg-keep")) continue;
    const place = paper.querySelector(".dg-buttons") ?? factsOf(paper);
    place.append(button(paper.dataset.paper, titleOf(paper)));
  }
  show();
}

function button(id, title) {
  return el(
    "button",
    {
      type: "button",
      class: "dg-keep",
      "data-keep": id,
      "aria-label": `Keep for later: ${title}`,
      title: "Keep for later (s)",
      onclick: () => toggle(id, title),
    },
    "Keep",
  );
}

function show() {
  const ids = new Set(kept().map((paper) => paper.id));
  for (const each of document.querySelectorAll(".dg-keep")) {
    const pressed = ids.has(each.dataset.keep);
    each.setAttribute("aria-pressed", String(pressed));
    each.textContent = pressed ? "Kept" : "Keep";
  }
  for (const link of document.querySelectorAll(".dg-list-link")) {
    link.hidden = false;
    link.querySelector("b").textContent = ids.size;
  }
}

addEventListener("storage", show); // another tab changed it
