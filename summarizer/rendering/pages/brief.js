"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const documents = byId("documents");
  const lines = all("li.line");
  const status = byId("status");

  // Marking: an item and its sentences, both ways.
  function clear() {
    for (const marked of all(".on")) marked.classList.remove("on");
    for (const button of all(".name[aria-pressed=true]")) button.setAttribute("aria-pressed", "false");
    document.body.classList.remove("marking");
  }

  function sentences(line) {
    return line.dataset.s.split(" ").filter(Boolean).map(byId).filter(Boolean);
  }

  function light(line) {
    line.classList.add("on");
    line.querySelector(".name").setAttribute("aria-pressed", "true");
  }

  function show(line) {
    if (line.classList.contains("on") && all("li.on").length === 1) return;
    clear();
    light(line);
    const found = sentences(line);
    for (const sentence of found) sentence.classList.add("on");
    document.body.classList.toggle("marking", found.length > 0);
    if (found.length) bring(found[0]);
    uncover(line);
  }

  // On a phone the documents come up over the lower part of the brief.
  function uncover(line) {
    const fixed = getComputedStyle(documents).position === "fixed";
    if (fixed && line.getBoundingClientRect().bottom > documents.getBoundingClientRect().top) {
      line.scrollIntoView({ block: "start" });
    }
  }

  function carriers(sentence) {
    clear();
    sentence.classList.add("on");
    const found = all(".refs a", sentence).map((a) => byId(a.hash.slice(1))).filter(Boolean);
    found.forEach(light);
    const first = found.find((line) => !line.hidden);
    if (first) first.scrollIntoView({ block: "nearest" });
  }

  // Scrolls the documents, and not the page, where they have a scroll bar of their own.
  function bring(sentence) {
    const pane = documents.getBoundingClientRect();
    const box = sentence.getBoundingClientRect();
    if (documents.scrollHeight > documents.clientHeight + 1) {
      documents.scrollTop += box.top - pane.top - Math.min(90, documents.clientHeight / 4);
    } else {
      sentence.scrollIntoView({ block: "center" });
    }
  }

  for (const line of lines) {
    line.addEventListener("focusin", () => show(line));
    line.addEventListener("click", (event) => {
      if (!event.target.closest("a, .copy")) show(line);
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && byId(link.hash.slice(1));
    if (target && target.classList.contains("s")) {
      event.preventDefault();
      show(link.closest("li.line"));
      bring(target);
    } else if (target && target.matches("li.line")) {
      event.preventDefault();
      if (target.hidden) reset();
      target.querySelector(".name").focus();
      target.scrollIntoView({ block: "nearest" });
    } else if (!link) {
      const sentence = event.target.closest(".s.cited");
      if (sentence) carriers(sentence);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  document.querySelector(".close").addEventListener("click", clear);

  // Filters.
  const party = byId("f-party");
  const topic = byId("f-topic");
  const count = byId("f-count");

  function fits(line) {
    const has = (list, value) => !value || list.split(" ").includes(value);
    return has(line.dataset.p, party.value) && has(line.dataset.t, topic.value);
  }

  function filter() {
    const kept = lines.filter((line) => "t" in line.dataset);
    for (const line of kept) line.hidden = !fits(line);
    for (const note of all(".nothing.filtered")) {
      const shown = all("li.line", note.parentElement).some((line) => !line.hidden);
      note.hidden = shown;
    }
    for (const title of all(".chapter h3")) {
      title.hidden = all("li.line", title.nextElementSibling).every((line) => line.hidden);
    }
    const number = kept.filter((line) => !line.hidden).length;
    count.textContent = party.value || topic.value ? count.dataset.shown.replace("#", number) : "";
  }

  function reset() {
    party.value = topic.value = "";
    filter();
  }

  if (party) {
    party.addEventListener("change", filter);
    topic.addEventListener("change", filter);
    byId("f-clear").addEventListener("click", (event) => {
      event.preventDefault();
      reset();
    });
    party.form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }

  // Copying; a page from a mail attachment may not have the clipboard of secure pages.
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.setAttribute("aria-hidden", "true");
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  for (const button of all(".copy")) {
    button.addEventListener("click", async (event) => {
      event.stopPropagation();
      const done = await copied(button.dataset.quote);
      button.focus();
      status.textContent = done ? status.dataset.copied : status.dataset.failed;
      status.classList.add("told");
      setTimeout(() => {
        status.classList.remove("told");
        status.textContent = "";
      }, 4000);
    });
  }
  document.documentElement.classList.add("scripted");
})();
