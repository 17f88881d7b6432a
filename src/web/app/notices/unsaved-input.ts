/** Fields that somebody has typed in. Only those that are still on the page count. */
const touched = new Set<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>();

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** Notes which fields of forms are typed in, on every page. Fields outside forms, such as searches, hold nothing to save. */
export function watchInput(): () => void {
  const note = ({ target }: Event): void => {
    if (isField(target) && (target.form !== null || target.type === 'file')) touched.add(target);
  };
  document.addEventListener('input', note);
  return () => {
    document.removeEventListener('input', note);
    touched.clear();
  };
}

/** Whether a reload might lose something that was typed. */
export function hasUnsavedInput(): boolean {
  for (const field of touched) if (!field.isConnected) touched.delete(field);
  return [...touched].some(({ value }) => value !== '');
}
