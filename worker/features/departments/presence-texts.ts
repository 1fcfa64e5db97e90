import { pickLanguage } from '../pages/frame-language.ts';

/**
 * How a visitor is told who is there and when a department opens, in the languages of the widget. In `usually`
 * `{time}` is as `5 minutes`, in the others as `9:00 AM`; `{day}` is as `tomorrow`, `Monday` or `24 December`.
 */
type PresenceTexts = {
  online: string;
  usually: string;
  nobody: string;
  closed: string;
  back: string;
  /** The same moment on the visitor's clock, where that shows another time. */
  yours: string;
  /** What a field for an e-mail address is called. */
  address: string;
  /** Why a department that is closed asks for it. */
  leave: string;
};

const texts = {
  ar: {
    online: 'متصل',
    usually: 'يردّ عادةً خلال {time}',
    nobody: 'لا يوجد أحد هنا الآن.',
    closed: 'مغلق الآن.',
    back: 'نعود {day}، {time}',
    yours: 'بتوقيتك {time}',
    address: 'البريد الإلكتروني',
    leave: 'اترك بريدك الإلكتروني لنتمكّن من الرد عليك.',
  },
  cs: {
    online: 'Online',
    usually: 'Obvykle odpovídá do {time}',
    nobody: 'Právě tu nikdo není.',
    closed: 'Teď máme zavřeno.',
    back: 'Budeme zpět: {day}, {time}',
    yours: 'váš čas {time}',
    address: 'E-mailová adresa',
    leave: 'Nechte nám svou e-mailovou adresu, abychom se vám mohli ozvat.',
  },
  da: {
    online: 'Online',
    usually: 'Svarer som regel inden for {time}',
    nobody: 'Der er ingen her lige nu.',
    closed: 'Vi har lukket nu.',
    back: 'Tilbage {day} kl. {time}',
    yours: 'din tid {time}',
    address: 'E-mailadresse',
    leave: 'Skriv din e-mailadresse, så vi kan vende tilbage til dig.',
  },
  de: {
    online: 'Online',
    usually: 'Antwortet meist innerhalb von {time}',
    nobody: 'Gerade ist niemand da.',
    closed: 'Gerade geschlossen.',
    back: 'Wieder da: {day}, {time}',
    yours: 'Ihre Zeit: {time}',
    address: 'E-Mail-Adresse',
    leave: 'Hinterlassen Sie Ihre E-Mail-Adresse, damit wir uns bei Ihnen melden können.',
  },
  el: {
    online: 'Σε σύνδεση',
    usually: 'Απαντά συνήθως μέσα σε {time}',
    nobody: 'Δεν είναι κανείς εδώ αυτή τη στιγμή.',
    closed: 'Είμαστε κλειστά τώρα.',
    back: 'Επιστρέφουμε {day}, {time}',
    yours: 'ώρα σας {time}',
    address: 'Διεύθυνση e-mail',
    leave: 'Αφήστε τη διεύθυνση e-mail σας για να επικοινωνήσουμε μαζί σας.',
  },
  en: {
    online: 'Online now',
    usually: 'Usually answers within {time}',
    nobody: 'We’re away right now.',
    closed: 'Closed now.',
    back: 'Back {day} at {time}',
    yours: 'your time {time}',
    address: 'E-mail address',
    leave: 'Leave your e-mail address so that we can get back to you.',
  },
  es: {
    online: 'En línea',
    usually: 'Suele responder en {time}',
    nobody: 'Ahora mismo no hay nadie.',
    closed: 'Cerrado ahora.',
    back: 'Volvemos {day}, {time}',
    yours: 'su hora: {time}',
    address: 'Correo electrónico',
    leave: 'Deje su correo electrónico para que podamos responderle.',
  },
  fa: {
    online: 'آنلاین',
    usually: 'معمولاً ظرف {time} پاسخ می‌دهد',
    nobody: 'اکنون کسی اینجا نیست.',
    closed: 'اکنون بسته است.',
    back: 'بازگشت: {day}، {time}',
    yours: 'به وقت شما {time}',
    address: 'نشانی ایمیل',
    leave: 'نشانی ایمیل خود را بگذارید تا بتوانیم به شما پاسخ دهیم.',
  },
  fr: {
    online: 'En ligne',
    usually: 'Répond généralement en {time}',
    nobody: 'Personne n’est disponible pour le moment.',
    closed: 'Fermé pour le moment.',
    back: 'De retour {day}, {time}',
    yours: '{time} chez vous',
    address: 'Adresse e-mail',
    leave: 'Laissez votre adresse e-mail pour que nous puissions vous répondre.',
  },
  he: {
    online: 'מחוברים',
    usually: 'בדרך כלל עונים תוך {time}',
    nobody: 'אין כאן אף אחד כרגע.',
    closed: 'סגור עכשיו.',
    back: 'נחזור {day}, {time}',
    yours: '{time} לפי השעון שלך',
    address: 'כתובת דוא״ל',
    leave: 'השאירו כתובת דוא״ל כדי שנוכל לחזור אליכם.',
  },
  hi: {
    online: 'ऑनलाइन',
    usually: 'आम तौर पर {time} में जवाब मिलता है',
    nobody: 'अभी यहाँ कोई नहीं है।',
    closed: 'अभी बंद है।',
    back: 'वापसी: {day}, {time}',
    yours: 'आपके समयानुसार {time}',
    address: 'ई-मेल पता',
    leave: 'अपना ई-मेल पता दें ताकि हम आपको जवाब दे सकें।',
  },
  it: {
    online: 'Online',
    usually: 'Di solito risponde entro {time}',
    nobody: 'Al momento non c’è nessuno.',
    closed: 'Ora siamo chiusi.',
    back: 'Torniamo {day}, {time}',
    yours: '{time} ora locale',
    address: 'Indirizzo e-mail',
    leave: 'Lasci il Suo indirizzo e-mail, così possiamo risponderLe.',
  },
  ja: {
    online: 'オンライン',
    usually: '通常{time}以内に返信します',
    nobody: 'ただいま担当者が不在です。',
    closed: 'ただいま営業時間外です。',
    back: '再開: {day} {time}',
    yours: '現地時間 {time}',
    address: 'メールアドレス',
    leave: '折り返しご連絡できるよう、メールアドレスをご入力ください。',
  },
  ko: {
    online: '온라인',
    usually: '보통 {time} 안에 답변합니다',
    nobody: '지금은 자리에 아무도 없습니다.',
    closed: '지금은 운영 시간이 아닙니다.',
    back: '{day} {time}에 다시 시작합니다',
    yours: '현지 시간 {time}',
    address: '이메일 주소',
    leave: '답변을 드릴 수 있도록 이메일 주소를 남겨 주세요.',
  },
  nl: {
    online: 'Online',
    usually: 'Antwoordt meestal binnen {time}',
    nobody: 'Er is nu niemand aanwezig.',
    closed: 'Nu gesloten.',
    back: 'Terug {day} om {time}',
    yours: 'uw tijd {time}',
    address: 'E-mailadres',
    leave: 'Laat uw e-mailadres achter, zodat we u kunnen antwoorden.',
  },
  pl: {
    online: 'Online',
    usually: 'Zwykle odpowiada w ciągu: {time}',
    nobody: 'Nikogo teraz nie ma.',
    closed: 'Teraz zamknięte.',
    back: 'Wracamy: {day}, {time}',
    yours: 'Twój czas: {time}',
    address: 'Adres e-mail',
    leave: 'Proszę zostawić adres e-mail, abyśmy mogli odpowiedzieć.',
  },
  pt: {
    online: 'Online',
    usually: 'Costuma responder em {time}',
    nobody: 'De momento não está ninguém.',
    closed: 'Fechado de momento.',
    back: 'Voltamos {day}, {time}',
    yours: 'hora local: {time}',
    address: 'Endereço de e-mail',
    leave: 'Deixe o seu endereço de e-mail para que possamos responder.',
  },
  ro: {
    online: 'Online',
    usually: 'Răspunde de obicei în {time}',
    nobody: 'Acum nu este nimeni aici.',
    closed: 'Acum este închis.',
    back: 'Revenim {day}, {time}',
    yours: 'ora dvs.: {time}',
    address: 'Adresă de e-mail',
    leave: 'Lăsați adresa dvs. de e-mail ca să vă putem răspunde.',
  },
  ru: {
    online: 'В сети',
    usually: 'Обычно отвечает в течение: {time}',
    nobody: 'Сейчас никого нет.',
    closed: 'Сейчас закрыто.',
    back: 'Вернёмся: {day}, {time}',
    yours: 'ваше время: {time}',
    address: 'Адрес эл. почты',
    leave: 'Оставьте адрес электронной почты, чтобы мы могли вам ответить.',
  },
  sv: {
    online: 'Online',
    usually: 'Svarar oftast inom {time}',
    nobody: 'Ingen är här just nu.',
    closed: 'Stängt just nu.',
    back: 'Tillbaka {day} kl. {time}',
    yours: 'din tid {time}',
    address: 'E-postadress',
    leave: 'Lämna din e-postadress så att vi kan återkomma till dig.',
  },
  tr: {
    online: 'Çevrimiçi',
    usually: 'Genellikle {time} içinde yanıtlar',
    nobody: 'Şu anda burada kimse yok.',
    closed: 'Şu anda kapalı.',
    back: 'Dönüş: {day}, {time}',
    yours: 'sizin saatinizle {time}',
    address: 'E-posta adresi',
    leave: 'Size dönebilmemiz için e-posta adresinizi bırakın.',
  },
  uk: {
    online: 'У мережі',
    usually: 'Зазвичай відповідає протягом: {time}',
    nobody: 'Зараз нікого немає.',
    closed: 'Зараз зачинено.',
    back: 'Повернемося: {day}, {time}',
    yours: 'ваш час: {time}',
    address: 'Адреса ел. пошти',
    leave: 'Залиште адресу електронної пошти, щоб ми могли вам відповісти.',
  },
  ur: {
    online: 'آن لائن',
    usually: 'عموماً {time} میں جواب دیتے ہیں',
    nobody: 'اس وقت یہاں کوئی نہیں ہے۔',
    closed: 'اس وقت بند ہے۔',
    back: 'واپسی: {day}، {time}',
    yours: 'آپ کے وقت کے مطابق {time}',
    address: 'ای میل پتہ',
    leave: 'اپنا ای میل پتہ چھوڑیں تاکہ ہم آپ کو جواب دے سکیں۔',
  },
  zh: {
    online: '在线',
    usually: '通常在{time}内回复',
    nobody: '目前没有客服在线。',
    closed: '现在不在服务时间。',
    back: '{day} {time} 恢复服务',
    yours: '您的时间 {time}',
    address: '电子邮箱',
    leave: '请留下您的电子邮箱，以便我们回复您。',
  },
} satisfies Record<string, PresenceTexts>;

/** The texts of the first wanted language that exists, or English, and their language. */
export function presenceTexts(wanted: readonly string[]): PresenceTexts & { language: string } {
  const all: Record<string, PresenceTexts> = texts;
  const language = pickLanguage(wanted, Object.keys(all)) ?? 'en';
  return { ...(all[language] ?? texts.en), language };
}
