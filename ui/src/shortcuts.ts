// "/" goes to the one box; j and k walk the candidates; Escape leaves the box.

const box = (): HTMLTextAreaElement | null => document.querySelector("#q");

export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function walk(step: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".candidate")];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[at < 0 ? 0 : Math.min(Math.max(at + step, 0), cards.length - 1)];
  next?.querySelector<HTMLElement>("a")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target === box()) box()?.blur();
  if (typing(event.target)) return;
  if (event.key === "/") {
    const field = box();
    if (!field) return void location.assign("/");
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key === "j") walk(1);
  if (event.key === "k") walk(-1);
});
