// Answers to questions (fieldset.answers): whoever types a text answers, whoever chooses a moment commits to it,
// as long as nothing else was chosen. Without script the server asks which it is.

for (const field of document.querySelectorAll<HTMLElement>("fieldset.answers")) {
  const choice = (value: string) => field.querySelector<HTMLInputElement>(`input[type=radio][value="${value}"]`);
  field.addEventListener("input", ({ target }) => {
    const typed = target instanceof HTMLTextAreaElement ? "content" : "time";
    const box = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "radio") ? target : null;
    const chosen = choice(typed);
    if (box?.value && chosen && choice("")?.checked) chosen.checked = true;
  });
}

export {};
