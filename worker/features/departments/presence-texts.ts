import { pickLanguage } from '../pages/frame-language.ts';

/** How a visitor is told who is there, in the languages of the widget. `{time}` is as `5 minutes`. */
type PresenceTexts = { online: string; usually: string; nobody: string };

const texts = {
  ar: {
    online: 'متصل',
    usually: 'يردّ عادةً خلال {time}',
    nobody: 'لا يوجد أحد هنا الآن.',
  },
  cs: {
    online: 'Online',
    usually: 'Obvykle odpovídá do {time}',
    nobody: 'Právě tu nikdo není.',
  },
  da: {
    online: 'Online',
    usually: 'Svarer som regel inden for {time}',
    nobody: 'Der er ingen her lige nu.',
  },
  de: {
    online: 'Online',
    usually: 'Antwortet meist innerhalb von {time}',
    nobody: 'Gerade ist niemand da.',
  },
  el: {
    online: 'Σε σύνδεση',
    usually: 'Απαντά συνήθως μέσα σε {time}',
    nobody: 'Δεν είναι κανείς εδώ αυτή τη στιγμή.',
  },
  en: {
    online: 'Online now',
    usually: 'Usually answers within {time}',
    nobody: 'Nobody is here right now.',
  },
  es: {
    online: 'En línea',
    usually: 'Suele responder en {time}',
    nobody: 'Ahora mismo no hay nadie.',
  },
  fa: {
    online: 'آنلاین',
    usually: 'معمولاً ظرف {time} پاسخ می‌دهد',
    nobody: 'اکنون کسی اینجا نیست.',
  },
  fr: {
    online: 'En ligne',
    usually: 'Répond généralement en {time}',
    nobody: 'Personne n’est disponible pour le moment.',
  },
  he: {
    online: 'מחוברים',
    usually: 'בדרך כלל עונים תוך {time}',
    nobody: 'אין כאן אף אחד כרגע.',
  },
  hi: {
    online: 'ऑनलाइन',
    usually: 'आम तौर पर {time} में जवाब मिलता है',
    nobody: 'अभी यहाँ कोई नहीं है।',
  },
  it: {
    online: 'Online',
    usually: 'Di solito risponde entro {time}',
    nobody: 'Al momento non c’è nessuno.',
  },
  ja: {
    online: 'オンライン',
    usually: '通常{time}以内に返信します',
    nobody: 'ただいま担当者が不在です。',
  },
  ko: {
    online: '온라인',
    usually: '보통 {time} 안에 답변합니다',
    nobody: '지금은 자리에 아무도 없습니다.',
  },
  nl: {
    online: 'Online',
    usually: 'Antwoordt meestal binnen {time}',
    nobody: 'Er is nu niemand aanwezig.',
  },
  pl: {
    online: 'Online',
    usually: 'Zwykle odpowiada w ciągu: {time}',
    nobody: 'Nikogo teraz nie ma.',
  },
  pt: {
    online: 'Online',
    usually: 'Costuma responder em {time}',
    nobody: 'De momento não está ninguém.',
  },
  ro: {
    online: 'Online',
    usually: 'Răspunde de obicei în {time}',
    nobody: 'Acum nu este nimeni aici.',
  },
  ru: {
    online: 'В сети',
    usually: 'Обычно отвечает в течение: {time}',
    nobody: 'Сейчас никого нет.',
  },
  sv: {
    online: 'Online',
    usually: 'Svarar oftast inom {time}',
    nobody: 'Ingen är här just nu.',
  },
  tr: {
    online: 'Çevrimiçi',
    usually: 'Genellikle {time} içinde yanıtlar',
    nobody: 'Şu anda burada kimse yok.',
  },
  uk: {
    online: 'У мережі',
    usually: 'Зазвичай відповідає протягом: {time}',
    nobody: 'Зараз нікого немає.',
  },
  ur: {
    online: 'آن لائن',
    usually: 'عموماً {time} میں جواب دیتے ہیں',
    nobody: 'اس وقت یہاں کوئی نہیں ہے۔',
  },
  zh: {
    online: '在线',
    usually: '通常在{time}内回复',
    nobody: '目前没有客服在线。',
  },
} satisfies Record<string, PresenceTexts>;

/** The texts of the first wanted tag that there is, else in English, and their language. */
export function presenceTexts(wanted: readonly string[]): PresenceTexts & { language: string } {
  const all: Record<string, PresenceTexts> = texts;
  const language = pickLanguage(wanted, Object.keys(all)) ?? 'en';
  return { ...(all[language] ?? texts.en), language };
}
