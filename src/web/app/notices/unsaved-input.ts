/** Fields that somebody has written in. They count for as long as they are on the page. */
const touched = new Set<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>();

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** Notes what is typed into forms, whichever page they are of. Searches and switches keep nothing waiting. */
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

/** Whether a reload now would, or might, throw away what somebody wrote. */
export function hasUnsavedInput(): boolean {
  for (const field of touched) if (!field.isConnected) touched.delete(field);
  return [...touched].some(({ value }) => value !== '');
}
