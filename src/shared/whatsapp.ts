/** Opens a WhatsApp conversation with a prepared text. wa.me takes the digits of E.164 only. @returns null without a phone */
export const composeWhatsappUrl = (phone: string | null, text: string): string | null =>
  phone === null ? null : `https://wa.me/${phone.replace(/\D/g, '')}?text=${encodeURIComponent(text)}`;
