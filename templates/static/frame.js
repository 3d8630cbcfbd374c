// Light or dark, for pages and admin alike, under the key that unfold's own scripts use; and "/" for the search box.
{
  const KEY = "adminTheme";
  const chosen = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || "auto";
    } catch {
      return "auto";
    }
  };
  const show = () => {
    const isDark = chosen() === "dark" || (chosen() === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.classList.toggle("dark", isDark);
    document.documentElement.classList.toggle("light", chosen() === "light");
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === chosen()));
    }
  };
  show();
  document.addEventListener("DOMContentLoaded", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  document.addEventListener("click", (event) => {
    const theme = event.target.closest?.("[data-theme]")?.dataset.theme;
    if (theme) {
      localStorage.setItem(KEY, JSON.stringify(theme));
      show();
    }
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const listHasItsOwn = document.getElementById("searchbar");
    if (event.key === "/" && !isTyping && !listHasItsOwn && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      document.getElementById("find")?.focus();
    }
  });
}
