// What the pages do more where scripts run. Nothing here is needed: every page reads and every form
// works without it.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const into = (element, block = "center") => element.scrollIntoView({ block, behavior: still.matches ? "auto" : "smooth" });

  // --- the help sheet, and keys that can be switched off (WCAG 2.1.4)
  const sheet = one("#keys");
  const off = "dateline-keys-off";
  const store = { get: () => { try { return localStorage.getItem(off); } catch { return null; } }, set: (v) => { try { localStorage.setItem(off, v); } catch { /* not kept */ } } };
  let keysOff = store.get() === "1";
  const toggle = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !keysOff;
  box.addEventListener("change", () => { keysOff = !box.checked; store.set(keysOff ? "1" : "0"); });
  toggle.append(box, " Single keys do something");
  one("form", sheet).before(toggle);
  const help = () => { if (!sheet.open) sheet.showModal(); };
  all("[data-help]").forEach((a) => a.addEventListener("click", (e) => { e.preventDefault(); help(); }));
  // A browser that finds nothing to give the focus back to leaves it in the closed sheet.
  sheet.addEventListener("close", () => { if (sheet.contains(document.activeElement)) document.activeElement.blur(); });
  sheet.addEventListener("click", (e) => { if (e.target === sheet) sheet.close(); });

  // --- what is pointed at by j and k
  let here = null;
  const items = () => all("[data-item], [data-card]").filter((e) => e.offsetParent !== null);
  const stand = (element) => {
    if (here) here.classList.remove("here");
    here = element;
    if (!here) return;
    here.classList.add("here");
    const link = here.matches("[data-card]") ? here : one("a", here);
    if (link) link.focus({ preventScroll: true });
    into(here);
    if (here.matches("[data-card]")) point([here.id], false);
  };
  const step = (by) => {
    const list = items();
    if (!list.length) return;
    let i = list.indexOf(here);
    if (i < 0) {
      const below = list.findIndex((e) => e.getBoundingClientRect().top > 60);
      i = by > 0 ? (below < 0 ? list.length : below) - 1 : (below < 0 ? list.length : below);
    }
    stand(list[Math.max(0, Math.min(list.length - 1, i + by))]);
  };
  let note = null; // opens the form for a note, on an article
  const go = { t: "/", c: "/check", a: "/add", s: "/sources", f: "/search" };
  let went = 0;
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || sheet.open) return;
    if (e.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) {
      if (e.key === "Escape") e.target.blur();
      return;
    }
    if (e.key === "Escape") { point([], false); if (here) here.classList.remove("here"); here = null; return; }
    if (keysOff) return;
    if (went && Date.now() - went < 1500 && go[e.key]) {
      const link = one(`.frame nav a[href^="${go[e.key]}"]`);
      location.assign(link ? link.href : go[e.key]);
      e.preventDefault();
      return;
    }
    went = 0;
    switch (e.key) {
      case "?": help(); break;
      case "/": { const q = one("main input[name=q], main textarea[name=q]"); if (q) q.focus(); else location.assign(one('.frame nav a[href^="/search"]').href); break; }
      case "j": step(1); break;
      case "k": step(-1); break;
      case "w": { const why = here && one("a[data-why]", here); if (why) location.assign(why.href); break; }
      case "n": if (!note) return; note(); break;
      case "g": went = Date.now(); break;
      default: return;
    }
    e.preventDefault();
  });

  // --- a link into something folded opens it
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let d = target.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    into(target, "start");
  };
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();

  // --- an article: pointing at a passage shows what was read in it
  const copy = one("[data-reading]");
  const point = (ids, scroll) => {
    if (!copy) return;
    all(".on").forEach((e) => e.classList.remove("on"));
    if (!ids.length) return;
    for (const id of ids) {
      all(`[data-cards~="${id}"], [data-ref="${id}"]`, copy).forEach((e) => e.classList.add("on"));
      const card = document.getElementById(id);
      if (!card) continue;
      card.classList.add("on");
      if (scroll && id === ids[0]) {
        const side = one("[data-side]");
        if (getComputedStyle(side).position === "sticky") side.scrollTo({ top: card.offsetTop - side.offsetTop - 60, behavior: still.matches ? "auto" : "smooth" });
      }
    }
    if (!scroll) { const first = one(`[data-ref="${ids[0]}"]`, copy); if (first) into(first); }
  };
  if (copy) {
    const idsOf = (e) => { const run = e.target.closest("[data-cards], [data-ref]"); return run ? (run.dataset.ref || run.dataset.cards).split(" ") : null; };
    let rest = 0;
    copy.addEventListener("pointerover", (e) => {
      if (e.pointerType !== "mouse") return;
      clearTimeout(rest);
      const ids = idsOf(e);
      if (ids) rest = setTimeout(() => point(ids, true), 80);
    });
    copy.addEventListener("focusin", (e) => { const ids = idsOf(e); if (ids) point(ids, true); });
    copy.addEventListener("click", (e) => { const ids = idsOf(e); if (ids && !e.target.closest("a")) { point(ids, true); if (matchMedia("(max-width: 60rem)").matches) into(document.getElementById(ids[0])); } });
    // Words that are marked in the text go into the form for a note; the key n opens it.
    const words = one("[data-marked]");
    if (words) {
      const marked = () => {
        const s = getSelection();
        if (!s.rangeCount || s.isCollapsed || !copy.contains(s.getRangeAt(0).commonAncestorContainer)) return "";
        const part = s.getRangeAt(0).cloneContents();
        all(".ref, .kind", part).forEach((e) => e.remove());
        all("p, h2, h3", part).forEach((e) => e.append("\n"));
        return part.textContent.trim();
      };
      const open = document.createElement("button");
      open.type = "button"; open.className = "toast"; open.hidden = true; open.textContent = "A note on these words";
      one("main").append(open);
      let last = "";
      document.addEventListener("selectionchange", () => {
        const now = marked();
        if (now) last = now;
        open.hidden = !now;
      });
      const write = (text) => {
        if (text) words.value = text;
        words.closest("details").open = true;
        const into = words.value ? one("#note-value") : words;
        into.focus();
        into.scrollIntoView({ block: "center" });
        open.hidden = true;
      };
      note = () => write(marked());
      open.addEventListener("pointerdown", (e) => e.preventDefault()); // the marked words stay marked
      open.addEventListener("click", () => write(last));
    }
    const switches = one("[data-switches]");
    switches.hidden = false;
    switches.addEventListener("change", (e) => one(".reading").classList.toggle(e.target.dataset.switch, !e.target.checked));
    if (location.hash) point([location.hash.slice(1)], false);
  }

  // --- the timeline: zoom and pan by mouse, touch, keys and buttons. Everything on it knows its
  // time; only places are moved.
  for (const timeline of all("[data-timeline]")) {
    const svg = one("svg", timeline);
    const marks = all("svg[data-time]", svg).map((e) => ({ e, t: +e.dataset.time }));
    const full = [+timeline.dataset.start, +timeline.dataset.end];
    const inset = 0.02;
    let [from, to] = full;
    const draw = () => {
      for (const { e, t } of marks) {
        const x = 100 * (inset + (1 - 2 * inset) * (t - from) / (to - from));
        e.setAttribute("x", x.toFixed(3) + "%");
        e.style.display = x < -1 || x > 101 ? "none" : "";
      }
    };
    const show = (a, b) => {
      const whole = full[1] - full[0];
      const wide = Math.max(3600e3, Math.min(whole, b - a));
      a = Math.max(full[0], Math.min(full[1] - wide, a));
      [from, to] = [a, a + wide];
      draw();
    };
    const zoom = (factor, at = 0.5) => { const t = from + at * (to - from), w = (to - from) * factor; show(t - at * w, t - at * w + w); };
    const pan = (share) => show(from + share * (to - from), to + share * (to - from));
    const act = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1 / 0.6), "−": () => zoom(1 / 0.6), ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), "0": () => show(...full) };
    timeline.addEventListener("keydown", (e) => { if (act[e.key] && !e.ctrlKey && !e.metaKey) { act[e.key](); e.preventDefault(); } });
    const tools = one(".timeline-tools", timeline);
    for (const [text, name, key] of [["+", "Zoom in", "+"], ["−", "Zoom out", "-"], ["←", "Earlier", "ArrowLeft"], ["→", "Later", "ArrowRight"], ["All", "Show all", "0"]]) {
      const b = document.createElement("button");
      b.type = "button"; b.className = "quiet"; b.textContent = text; b.setAttribute("aria-label", name);
      b.addEventListener("click", act[key]);
      tools.append(b);
    }
    svg.addEventListener("wheel", (e) => {
      if (!e.ctrlKey && !e.shiftKey) return; // the wheel alone scrolls the page
      e.preventDefault();
      const box = svg.getBoundingClientRect();
      if (e.shiftKey) pan((e.deltaX || e.deltaY) / box.width); else zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, (e.clientX - box.left) / box.width);
    }, { passive: false });
    svg.addEventListener("dblclick", (e) => { const box = svg.getBoundingClientRect(); zoom(0.5, (e.clientX - box.left) / box.width); });
    const fingers = new Map();
    let moved = 0;
    svg.style.touchAction = "pan-y";
    svg.addEventListener("pointerdown", (e) => { fingers.set(e.pointerId, e.clientX); moved = 0; });
    addEventListener("pointermove", (e) => {
      if (!fingers.has(e.pointerId)) return;
      const width = svg.getBoundingClientRect().width, before = fingers.get(e.pointerId);
      if (fingers.size === 1) { pan((before - e.clientX) / width); moved += Math.abs(before - e.clientX); }
      if (fingers.size === 2) {
        const other = [...fingers].find(([id]) => id !== e.pointerId)[1];
        const was = Math.abs(before - other), is = Math.abs(e.clientX - other);
        if (was > 10 && is > 10) zoom(was / is, ((e.clientX + other) / 2 - svg.getBoundingClientRect().left) / width);
        moved = 99;
      }
      fingers.set(e.pointerId, e.clientX);
    });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (e) => fingers.delete(e.pointerId));
    svg.addEventListener("click", (e) => { if (moved > 6) { e.preventDefault(); e.stopPropagation(); } }, true);
    svg.addEventListener("dragstart", (e) => e.preventDefault());
  }

  // --- charts, where their library came with the page; the list beside them says the same
  addEventListener("DOMContentLoaded", () => {
    for (const chart of all("[data-chart]")) {
      if (!window.uPlot) continue;
      const data = [[], []];
      for (const pair of chart.dataset.chart.split(" ")) { const [t, n] = pair.split(":"); data[0].push(+t); data[1].push(+n); }
      const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const axis = () => ({ stroke: () => ink("--soft"), grid: { stroke: () => ink("--line"), width: 1 }, ticks: { show: false }, font: "12px sans-serif" });
      const plot = new window.uPlot({
        width: chart.clientWidth, height: 200, tzDate: (t) => window.uPlot.tzDate(new Date(t * 1e3), "UTC"), cursor: { y: false },
        series: [{}, { label: chart.dataset.name, paths: window.uPlot.paths.bars({ size: [0.7, 24] }), stroke: () => ink("--said"), fill: () => ink("--said"), points: { show: false } }],
        axes: [axis(), { ...axis(), size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }], scales: { y: { range: (u, min, max) => [0, Math.max(1, max)] } },
      }, data, chart);
      new ResizeObserver(() => plot.setSize({ width: chart.clientWidth, height: 200 })).observe(chart);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot.redraw());
    }
  });

  // --- a file that is dropped goes into the form's field
  for (const drop of all("[data-drop]")) {
    const field = one("input[type=file]", drop);
    for (const over of ["dragenter", "dragover"]) drop.addEventListener(over, (e) => { e.preventDefault(); drop.classList.add("over"); });
    for (const out of ["dragleave", "drop"]) drop.addEventListener(out, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (e) => { e.preventDefault(); if (e.dataTransfer.files.length) field.files = e.dataTransfer.files; });
  }
})();
