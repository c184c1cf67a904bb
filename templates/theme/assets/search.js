// The search page. The address holds the query and what narrows it, so that a search is a link;
// nothing is loaded before something is asked.

import { card } from "./card.js";
import { engine, plain, sections } from "./engine.js";
import { start as buttons } from "./list.js";
import { el, longDay, root } from "./page.js";

const FACETS = { topic: "Topic", date: "When", source: "Source", code: "Code" };
const STEP = 10;
const PAGES = 3; // sections of pages written by hand that are named above the papers
const LONG = 260; // letters of an abstract that a result quotes

let page, box, list, status, pages, more, narrow; // the parts of the page
let asked = 0; // the number of the latest question: late answers to earlier ones are dropped

/** Bring the search page to life. */
export function start() {
  page = document.querySelector(".dg-search");
  box = page.querySelector("input[name=q]");
  list = page.querySelector(".dg-results");
  status = page.querySelector(".dg-found");
  pages = page.querySelector(".dg-pages");
  more = page.querySelector(".dg-more-results");
  narrow = page.querySelector(".dg-narrow");
  page.querySelector(".dg-query").addEventListener("submit", (event) => {
    event.preventDefault();
    change({ q: box.value }, "pushState");
  });
  box.addEventListener("input", () => later(() => change({ q: box.value }, "replaceState")));
  box.addEventListener("focus", () => engine().catch(() => {}), { once: true }); // while one types
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.querySelector("h3 a")?.focus();
  });
  narrow.addEventListener("toggle", () => narrow.open && facets(state()));
  addEventListener("popstate", () => page.isConnected && run());
  if (box.value.trim()) change({ q: box.value }, "replaceState"); // typed while this was being loaded
  else {
    box.value = state().q;
    run();
  }
}

let waiting;
function later(action) {
  clearTimeout(waiting);
  waiting = setTimeout(action, 180);
}

/** What the address asks for: {q, topic: [...], date: [...], ...}. */
function state() {
  const parameters = new URLSearchParams(location.search);
  const wanted = Object.keys(FACETS).map((facet) => [facet, parameters.getAll(facet)]);
  return { q: (parameters.get("q") ?? "").trim(), ...Object.fromEntries(wanted) };
}

function change(part, how) {
  const wanted = { ...state(), ...part };
  const parameters = new URLSearchParams();
  if (wanted.q.trim()) parameters.set("q", wanted.q.trim());
  for (const facet of Object.keys(FACETS)) wanted[facet].forEach((value) => parameters.append(facet, value));
  const address = parameters.size ? `?${parameters}` : location.pathname;
  if (address !== location.search) history[how](null, "", address);
  run();
}

async function run() {
  const question = ++asked;
  const wanted = state();
  const narrowed = Object.keys(FACETS).some((facet) => wanted[facet].length);
  if (document.activeElement !== box) box.value = wanted.q;
  if (!wanted.q && !narrowed) return clear();
  if (narrowed) narrow.open = true;
  try {
    const [results, written] = await Promise.all([answer(wanted, narrowed), narrowed ? [] : sections(wanted.q)]);
    if (question === asked) await show(results, written, wanted, question);
  } catch {
    if (question === asked) status.textContent = "The search could not be loaded. Are you offline?";
  }
  if (narrow.open && question === asked) facets(wanted);
}

function clear() {
  status.textContent = "";
  list.replaceChildren();
  pages.replaceChildren();
  more.replaceChildren();
  if (narrow.open) facets(state());
}

/** Results for the query that have a chosen value of each facet; without a query, the newest first. */
async function answer(wanted, narrowed) {
  const finder = await engine();
  const found = await finder.find(wanted.q);
  if (!narrowed) return found;
  const { places, sets } = await sorted(finder);
  const chosen = Object.keys(FACETS).filter((facet) => wanted[facet].length);
  const fits = (place) => chosen.every((facet) => wanted[facet].some((value) => sets[facet]?.[value]?.has(place)));
  const results = found.filter((result) => fits(places.get(result.id)));
  return wanted.q ? results : results.sort((one, other) => places.get(one.id) - places.get(other.id));
}

/** The place of each result, and which places each value of a facet has. */
async function sorted(finder) {
  const { papers, facets } = await finder.facets();
  finder.sorted ??= {
    places: new Map(papers.map((id, place) => [id, place])),
    sets: Object.fromEntries(Object.entries(facets).map(([facet, values]) => [
      facet,
      Object.fromEntries(Object.entries(values).map(([value, places]) => [value, new Set(places)])),
    ])),
  };
  return finder.sorted;
}

// --- results ---------------------------------------------------------------------------------

async function show(results, written, wanted, question) {
  const words = plain(wanted.q).split(" ").filter(Boolean);
  const first = await Promise.all(results.slice(0, STEP).map((result) => result.load()));
  if (question !== asked) return;
  list.replaceChildren(...titlesFirst(first, words).map((paper) => result(paper, words)));
  pages.replaceChildren(...written.slice(0, PAGES).map(section));
  list.dataset.query = wanted.q; // what is shown belongs to this
  status.textContent = results.length
    ? `${results.length.toLocaleString("en")} ${results.length === 1 ? "paper" : "papers"}`
    : "No paper says that. Fewer or other words may find it.";
  offer(results, STEP, words);
  buttons();
}

/** A line that leads to a section of a page. */
function section({ page, title, url }) {
  const name = title && title !== page ? `${page}: ${title}` : page;
  return el("li", {}, el("a", { href: new URL(url, root) }, name));
}

/** Titles that say just that come first, then those that begin so, then those with all the words. */
function titlesFirst(papers, words) {
  const phrase = words.join(" ");
  const rank = ({ title }) => {
    const text = `${plain(title)} `;
    if (!words.length || !words.every((word) => text.includes(` ${word}`))) return 3;
    if (text.includes(` ${phrase} `)) return 0;
    return text.includes(` ${phrase}`) ? 1 : 2;
  };
  return papers.sort((one, other) => rank(one) - rank(other));
}

function offer(results, shown, words) {
  more.replaceChildren();
  if (results.length <= shown) return;
  const next = async () => {
    const papers = await Promise.all(results.slice(shown, shown + STEP).map((result) => result.load()));
    const cards = papers.map((paper) => result(paper, words));
    list.append(...cards);
    offer(results, shown + STEP, words);
    buttons();
    cards[0].querySelector("a").focus();
  };
  more.append(el("button", { type: "button", onclick: next }, "More results"));
}

/** A paper's card, its title and what it says marked with the words of the query. */
function result(paper, words) {
  return card({ ...paper, title: marked(paper.title, words), point: marked(extract(paper, words), words) });
}

/** The part of an abstract that has most of the words; else what the paper contributes. */
function extract(paper, words) {
  const text = paper.text;
  const hits = [...text.matchAll(pattern(words))].map((hit) => hit.index);
  if (!hits.length) return shorten(paper.tldr || text, 0);
  const near = (start) => hits.filter((hit) => hit >= start && hit < start + LONG - 60).length;
  const best = hits.reduce((one, other) => (near(other) > near(one) ? other : one));
  return shorten(text, best < 80 ? 0 : text.indexOf(" ", best - 60) + 1);
}

function shorten(text, start) {
  const end = text.length <= start + LONG ? text.length : text.lastIndexOf(" ", start + LONG);
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}

/** Text with the words of the query marked: text nodes and <mark> only. */
function marked(text, words) {
  const parts = [];
  let end = 0;
  for (const hit of text.matchAll(pattern(words))) {
    parts.push(text.slice(end, hit.index), el("mark", {}, hit[0]));
    end = hit.index + hit[0].length;
  }
  return [...parts, text.slice(end)];
}

/** Whole words that begin as one of the query does, its last letters aside: “models” finds “modelling”. */
function pattern(words) {
  const stems = words.map((word) => word.slice(0, Math.max(4, word.length - 2)));
  if (!stems.length) return /(?!)/g;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})[\\p{L}\\p{N}]*`, "giu");
}

// --- facets ----------------------------------------------------------------------------------

/** Offer every value that would leave something, with what it would leave. */
async function facets(wanted) {
  const question = asked;
  const finder = await engine().catch(() => null);
  if (!finder) return; // run() has said so
  const { places, sets } = await sorted(finder);
  const found = (await finder.find(wanted.q)).map((result) => places.get(result.id));
  if (question !== asked) return;
  const fieldsets = Object.entries(FACETS)
    .map(([facet, name]) => [facet, name, counts(facet, found, sets, wanted)])
    .filter(([, , values]) => values.length)
    .map(([facet, name, values]) => fieldset(facet, name, values, wanted));
  const focused = document.activeElement?.id;
  page.querySelector(".dg-facets").replaceChildren(...fieldsets);
  if (focused) document.getElementById(focused)?.focus();
}

/** How many of the found papers have each value, the choices in the other facets kept. */
function counts(facet, found, sets, wanted) {
  const others = Object.keys(FACETS).filter((other) => other !== facet && wanted[other].length);
  const left = found.filter((place) =>
    others.every((other) => wanted[other].some((value) => sets[other]?.[value]?.has(place))),
  );
  const values = new Set([...Object.keys(sets[facet] ?? {}), ...wanted[facet]]);
  return [...values]
    .map((value) => [value, left.filter((place) => sets[facet]?.[value]?.has(place)).length])
    .filter(([value, count]) => count || wanted[facet].includes(value))
    .sort(([one, few], [other, many]) => (facet === "date" ? other.localeCompare(one) : many - few));
}

function fieldset(facet, name, values, wanted) {
  const choices = values.map(([value, count], number) => {
    const id = `dg-${facet}-${number}`;
    const box = el("input", { type: "checkbox", id, value, checked: wanted[facet].includes(value) });
    box.addEventListener("change", () => {
      const others = wanted[facet].filter((each) => each !== value);
      change({ [facet]: box.checked ? [...others, value] : others }, "pushState");
    });
    return el("label", { for: id }, box, el("span", {}, label(facet, value)), el("b", {}, count.toLocaleString("en")));
  });
  return el("fieldset", {}, el("legend", {}, name), el("div", { tabindex: choices.length > 8 ? 0 : false }, ...choices));
}

function label(facet, value) {
  if (facet === "code") return "has code";
  if (facet !== "date" || !/^\d{4}-\d\d$/.test(value)) return value;
  return longDay(value);
}
