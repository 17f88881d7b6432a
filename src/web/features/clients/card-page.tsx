export function ClientCardPage() {
  return null;
}
