// Buttons that copy: <button data-copy="text">, or data-copy="#id" for the text of an element.

import { say } from "./page.js";

export function start() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    if (button.dataset.ready) continue;
    button.dataset.ready = "yes";
    button.addEventListener("click", async () => {
      try {
        await write(textOf(button));
        say("Copied");
      } catch {
        say("Could not copy: select the text instead");
      }
    });
  }
}

function textOf(button) {
  const text = button.dataset.copy;
  const element = text.startsWith("#") && document.getElementById(text.slice(1));
  return element ? element.textContent.trim() : text;
}

/** Put text on the clipboard; the old way where the page was not served safely. */
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("no clipboard");
}
