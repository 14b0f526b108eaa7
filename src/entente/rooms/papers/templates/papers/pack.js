// The script of an offline pack. Without it every card is there to read; the date then is for the reader to keep.
(() => {
  "use strict";
  const page = document.documentElement, DAY = 86_400_000;
  const made = Date.parse(page.dataset.made), expires = Date.parse(page.dataset.expires);
  const look = () => {
    const now = Date.now();
    page.classList.toggle("expired", !(now < expires));
    page.classList.toggle("too-early", now < made - DAY);
  };
  look();
  setInterval(look, 60_000);
  document.addEventListener("visibilitychange", look);

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const plain = (text) => text.toUpperCase().replace(/[\s./\\<-]+/g, "");
  // As match/documents/patterns.py: the places that can have been reached, so that nothing can run away.
  const beyond = (row, places) => {
    const found = new Set(places);
    for (const place of found) {
      const [at, times] = place.split(" ").map(Number);
      if (at < row.length && times >= row[at][1]) found.add(`${at + 1} 0`);
    }
    return found;
  };
  // Also of a number that is half typed.
  const begins = (row, number) => {
    let places = beyond(row, ["0 0"]);
    for (const c of number) {
      const next = [];
      for (const place of places) {
        const [at, times] = place.split(" ").map(Number);
        if (at < row.length && times < row[at][2] && row[at][0].includes(c)) next.push(`${at} ${times + 1}`);
      }
      places = beyond(row, next);
    }
    return places.size > 0;
  };
  const cards = [...document.querySelectorAll("details.one")].map((card) => ({
    card, text: fold(card.dataset.find), shapes: JSON.parse(card.dataset.shapes),
  }));
  const seek = document.getElementById("seek"), none = document.querySelector(".none");
  seek.parentElement.hidden = false;
  seek.addEventListener("input", () => {
    const words = fold(seek.value).split(/\s+/).filter(Boolean), number = plain(seek.value).slice(0, 30);
    let shown = 0;
    for (const { card, text, shapes } of cards) {
      const here = words.every((word) => text.includes(word)) || (/\d/.test(number) && shapes.some((row) => begins(row, number)));
      card.hidden = !here;
      shown += here ? 1 : 0;
    }
    none.hidden = shown > 0;
  });
})();
