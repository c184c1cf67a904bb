// The reading list's own page, and the way out of it: BibTeX and CSL-JSON, as each paper's page has them.

import { card } from "./card.js";
import { kept, toggle } from "./list.js";
import { el, factsOf, root, say } from "./page.js";

export function start() {
  show();
  addEventListener("storage", show);
}

function show() {
  const page = document.querySelector(".dg-reading");
  if (!page) return;
  const papers = kept();
  page.replaceChildren(
    ...(papers.length ? [tools(), el("ol", { class: "dg-results" }, ...papers.map(row))] : [empty()]),
  );
}

const empty = () =>
  el("p", { class: "dg-empty" }, "Nothing is on your list yet: press s, or the button Keep beside a paper.");

function tools() {
  const button = (text, action) => el("button", { type: "button", onclick: action }, text);
  return el(
    "p",
    { class: "dg-buttons" },
    button("Export BibTeX", () => save("cite.bib", (files) => files.join("\n"), "reading-list.bib", "application/x-bibtex")),
    button("Export JSON", () => save("cite.csl.json", joined, "reading-list.json", "application/json")),
  );
}

function row({ id, title }) {
  const off = () => {
    toggle(id, title);
    show();
  };
  const made = card({ id, title: [title] });
  const label = `Take off the list: ${title}`;
  factsOf(made).append(el("button", { type: "button", class: "dg-off", onclick: off, "aria-label": label }, "Take off"));
  return el("li", {}, made);
}

/** One list of what each paper's CSL-JSON file holds: a list, or one object. */
const joined = (files) => `${JSON.stringify(files.flatMap((file) => JSON.parse(file)), null, 1)}\n`;

/** Fetch a file of every paper on the list, and hand all of them over as one. */
async function save(name, join, as, type) {
  const papers = kept();
  const answers = await Promise.all(papers.map(({ id }) => text(new URL(`papers/${id}/${name}`, root))));
  const files = answers.filter((file) => file !== null);
  if (files.length < papers.length) say(`${papers.length - files.length} could not be fetched`);
  if (!files.length) return;
  const link = el("a", { href: URL.createObjectURL(new Blob([join(files)], { type })), download: as });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function text(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? answer.text() : null;
  } catch {
    return null;
  }
}
