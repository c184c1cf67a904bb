// Reading by keyboard. Keys do nothing while something is being typed.

import { toggle } from "./list.js";
import { el, root, titleOf } from "./page.js";

const KEYS = {
  j: ["next paper", () => step(1)],
  k: ["paper before", () => step(-1)],
  s: ["keep for later, or no longer", save],
  "/": ["search", find],
  l: ["your reading list", () => location.assign(new URL("reading/", root))],
  "?": ["these keys", help],
};

export function start() {
  addEventListener(
    "keydown",
    (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
      const action = KEYS[event.key]?.[1];
      if (typing || !action || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation(); // Material has keys of its own
      action();
    },
    true,
  );
}

const cards = () => [...document.querySelectorAll(".dg-card")].filter((card) => card.offsetParent);

/** Which card has the focus, or null. */
function place(all) {
  const focused = all.findIndex((card) => card.contains(document.activeElement));
  return focused >= 0 ? focused : null;
}

function step(by) {
  const all = cards();
  if (!all.length) return;
  // without a focus, begin at what is in sight
  const top = all.findIndex((card) => card.getBoundingClientRect().top >= 0);
  const sight = top < 0 ? all.length : top;
  const next = (place(all) ?? (by > 0 ? sight - 1 : sight)) + by;
  const card = all[Math.min(all.length - 1, Math.max(0, next))];
  card.querySelector("h3 a")?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function save() {
  const all = cards();
  const paper = all[place(all)] ?? document.querySelector(".dg-paper[data-paper]");
  if (paper) toggle(paper.dataset.paper, titleOf(paper));
}

function find() {
  const box = [...document.querySelectorAll(".dg-query input, .dg-find input")].find(
    (input) => input.offsetParent,
  );
  if (!box) return location.assign(new URL("search/", root));
  box.focus();
  box.select();
}

function help() {
  let dialog = document.querySelector(".dg-keys");
  if (!dialog) {
    const rows = Object.entries(KEYS).map(([key, [what]]) =>
      el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)),
    );
    const close = el("button", { type: "button", onclick: () => dialog.close() }, "Close");
    dialog = el("dialog", { class: "dg-keys md-typeset", "aria-label": "Keys" }, el("h2", {}, "Keys"), el("dl", {}, ...rows), close);
    document.body.append(dialog);
  }
  dialog.showModal();
}
