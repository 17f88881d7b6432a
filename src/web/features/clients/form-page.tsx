export function ClientFormPage() {
  return null;
}
