export function ClientListPage() {
  return null;
}
