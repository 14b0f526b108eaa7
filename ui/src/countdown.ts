// Clocks that run out within the hour, or ran out less than an hour ago, count every second: "9:41". Further
// away they say what the server wrote. What is late says so in words (data-late) and not by colour alone.

const HOUR_S = 3600;

function count(): void {
  for (const clock of document.querySelectorAll<HTMLTimeElement>("time.clock[datetime]")) {
    const left = Math.round((Date.parse(clock.dateTime) - Date.now()) / 1000);
    if (!(Math.abs(left) < HOUR_S)) continue;
    const late = left < 0;
    const away = Math.abs(left);
    const digits = `${Math.floor(away / 60)}:${String(away % 60).padStart(2, "0")}`;
    clock.textContent = late ? `${clock.dataset.late ?? ""} · ${digits}` : digits;
    clock.classList.toggle("bad", late);
    clock.classList.toggle("warn", !late);
  }
}

count();
window.setInterval(count, 1000);

export {};
