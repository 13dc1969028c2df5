"use strict";
{
  const controls = document.getElementById("controls");
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const fold = document.getElementById("fold");
  const sections = [...document.querySelectorAll(".environment")];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const entries = all(".entry");
  const texts = new Map();
  const text = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  };
  const chosen = () => {
    const radio = controls.querySelector("input[name=environment]:checked");
    return radio ? radio.value : "";
  };

  const show = () => {
    const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (element) => words.every((word) => text(element).includes(word));
    const environment = chosen();
    let hits = 0;
    for (const section of sections) {
      section.hidden = environment !== "" && section.id !== environment;
      for (const box of all(".box", section)) {
        const head = text(box.firstElementChild);
        let inside = 0;
        for (const entry of all(".entry", box)) {
          entry.hidden = !words.every((word) => head.includes(word) || text(entry).includes(word));
          if (!entry.hidden) inside += 1;
        }
        box.hidden = inside === 0 && !words.every((word) => head.includes(word));
        if (words.length > 0 && inside > 0) box.open = true;
        if (!section.hidden) hits += inside;
      }
    }
    for (const link of all("a[data-box]")) {
      const box = document.getElementById(link.dataset.box);
      const quiet = box.localName === "tr" ? !fits(link) : box.hidden;
      link.classList.toggle("faint", words.length > 0 && quiet);
    }
    for (const remark of all(".remark")) {
      const at = remark.dataset.at || "";
      const elsewhere = environment !== "" && at !== environment && !at.startsWith(environment + "-");
      remark.hidden = elsewhere || !fits(remark);
    }
    const limited = words.length > 0 || environment !== "";
    found.textContent = limited && entries.length > 0 ? `${hits} of ${entries.length} changes` : "";
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      find.value = "";
      const every = controls.querySelector("input[name=environment][value='']");
      if (every) every.checked = true;
      show();
    }
    for (let each = target; each; each = each.parentElement) {
      if (each.localName === "details") each.open = true;
    }
    target.scrollIntoView();
    const head = target.querySelector("summary");
    if (head) head.focus({ preventScroll: true });
  };

  const open = (wide) => {
    for (const each of all("details.box, details.entry")) each.open = wide;
    fold.textContent = wide ? "Close all" : "Open all";
    fold.setAttribute("aria-pressed", String(wide));
  };

  let waiting;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
  controls.addEventListener("change", show);
  controls.addEventListener("submit", (event) => event.preventDefault());
  fold.addEventListener("click", () => open(fold.getAttribute("aria-pressed") !== "true"));
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => open(true));
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== find && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && event.target === find) {
      find.value = "";
      show();
    }
  });
  // A picture wider than the screen begins where something changes, not in an empty corner.
  for (const picture of all(".picture")) {
    const first = picture.querySelector("svg a:has(.node:not(.still))") || picture.querySelector("svg a");
    if (!first || picture.scrollWidth <= picture.clientWidth) continue;
    const at = first.getBoundingClientRect();
    const middle = at.left + at.width / 2 - picture.getBoundingClientRect().left;
    picture.scrollLeft = middle - picture.clientWidth / 2;
  }

  fold.hidden = entries.length === 0;
  controls.hidden = entries.length === 0 && sections.length < 2;
  reveal();
}
