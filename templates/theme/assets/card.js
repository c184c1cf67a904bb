// A paper's card where a script makes the list: the page brings an empty one, made by the template of
// all cards, and it is filled in by its classes. Text is only ever text.

import { longDay, root } from "./page.js";

const MOST = 3; // authors named
const TOPICS = 2;

/** A card; `title` and `point` are lists of text and elements. What is not known is taken away. */
export function card({ id, title, day = "", point = [], ours = false, withdrawn = false, authors = [], code = "", topics = [] }) {
  const { content } = document.querySelector("template.dg-blank");
  const made = document.importNode(content.querySelector(".dg-card"), true);
  const fill = (what, parts) => {
    const place = made.querySelector(what);
    if (parts.length) place?.replaceChildren(...parts);
    else place?.remove();
    return place;
  };
  made.dataset.paper = id;
  if (day) made.dataset.day = day;
  else delete made.dataset.day;
  if (!ours) {
    made.querySelector("h3").classList.remove("dg-ours");
    made.querySelector(".dg-mark:not(.dg-withdrawn)")?.remove();
  }
  if (!withdrawn) made.querySelector(".dg-withdrawn")?.remove();
  fill("h3 a", title)?.setAttribute("href", new URL(`papers/${id}/`, root));
  fill(".dg-tldr", point);
  fill(".dg-authors", authors.length ? [named(authors)] : []);
  fill("time", day ? [longDay(day)] : [])?.setAttribute("datetime", day);
  fill(".dg-badge", /^https?:/i.test(code) ? ["code"] : [])?.setAttribute("href", code);
  const known = [...content.children].filter((each) => each.matches("a"));
  const found = topics.map((topic) => known.find((link) => link.textContent === topic)).filter(Boolean);
  made.querySelector(".dg-facts")?.append(...found.slice(0, TOPICS).map((link) => document.importNode(link, true)));
  return made;
}

/** The first authors, the rest of a long list counted. */
function named(authors) {
  const shown = authors.slice(0, MOST).join(", ");
  return authors.length > MOST ? `${shown} and ${authors.length - MOST} more` : shown;
}
