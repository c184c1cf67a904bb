// Light or dark, as the system says or as the reader chose. Runs before anything is drawn.
(() => {
  const page = document.documentElement;
  page.classList.add("js"); // style sheets hide what needs a script where there is none
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const key = `digest:${new URL("..", document.currentScript.src).pathname}:theme`;
  try {
    page.dataset.theme = localStorage.getItem(key) ?? "";
  } catch {
    // a browser that keeps nothing follows the system
  }
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : dark.matches);

  /** Choose; what the system says anyway is not kept, so that its changes are followed again. */
  function choose(theme) {
    page.dataset.theme = theme === (dark.matches ? "dark" : "light") ? "" : theme;
    try {
      if (page.dataset.theme) localStorage.setItem(key, theme);
      else localStorage.removeItem(key);
    } catch {
      // it holds for this page, then
    }
  }

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".dg-theme");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    button.addEventListener("click", () => {
      choose(isDark() ? "light" : "dark");
      show();
    });
    dark.addEventListener("change", show);
    show();
  });
})();
