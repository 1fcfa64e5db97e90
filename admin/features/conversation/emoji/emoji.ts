import { fold } from '../../../../protocol/text/fold.ts';
import { withStorage } from '../../../lib/storage.ts';

/** Emoji used in support chats, each with its names. Screen readers read the first. */
const EMOJI_LIST = `
😀 grinning happy smile
😃 smiley happy
😄 laughing smile happy
😁 grin beaming
😆 squint laugh
😅 sweat_smile relief
🤣 rofl laugh
😂 joy tears laugh
🙂 slight_smile
🙃 upside_down
😉 wink
😊 blush smile
😇 angel halo
🥰 loved hearts
😍 heart_eyes love
🤩 star_struck wow
😘 kiss
😋 yum delicious
😜 winking_tongue joke
🤗 hug
🤭 oops giggle
🤫 shush quiet
🤔 thinking hmm
🤐 zipper_mouth secret
🤨 raised_eyebrow doubt
😐 neutral
😑 expressionless
😶 no_mouth silent
😏 smirk
😒 unamused
🙄 eye_roll
😬 grimace awkward
😌 relieved calm
😔 pensive sad
😴 sleeping tired
🤒 ill thermometer
🤕 hurt bandage
🤯 mind_blown exploding
🥳 party celebrate
😎 cool sunglasses
🤓 nerd
🧐 monocle inspect
😕 confused
😟 worried
🙁 slight_frown sad
😮 open_mouth surprised
😯 hushed
😲 astonished
😳 flushed
🥺 pleading please
😨 fearful
😰 anxious
😢 cry sad
😭 sob cry
😱 scream
😖 confounded
😞 disappointed
😓 downcast sweat
😩 weary
😤 triumph steam
😠 angry
😡 rage angry
🤬 cursing
👋 wave hello bye
🤚 raised_back_of_hand
✋ raised_hand stop
👌 ok_hand perfect
🤏 pinch small
✌️ victory peace
🤞 fingers_crossed luck
🤙 call_me
👈 point_left
👉 point_right
👆 point_up
👇 point_down
☝️ index_up
👍 thumbs_up yes good +1
👎 thumbs_down no bad -1
✊ fist
👊 punch
👏 clap applause
🙌 raised_hands hooray
👐 open_hands
🤝 handshake deal
🙏 thanks please pray
💪 strong muscle
✍️ writing
👀 eyes look
🧠 brain
🗣️ speaking
👤 person
👥 people team
🙋 raising_hand question
🤷 shrug
🤦 facepalm
🙅 no_gesture
🙆 ok_gesture
💁 tipping_hand info
🧑‍💻 technologist computer
🧑‍🔧 mechanic
🦸 hero
❤️ heart love
🧡 orange_heart
💛 yellow_heart
💚 green_heart
💙 blue_heart
💜 purple_heart
🖤 black_heart
🤍 white_heart
💔 broken_heart
💯 hundred perfect
💥 boom collision
💫 dizzy
💬 speech chat
💭 thought
💤 zzz sleep
✨ sparkles
⭐ star
🌟 glowing_star
🔥 fire hot
🎉 tada party celebrate
🎊 confetti
🎈 balloon
🎁 gift present
🏆 trophy win
🥇 gold_medal first
🎯 target bullseye
🚀 rocket ship launch
✈️ airplane travel
🚗 car
🚚 truck delivery
📦 package parcel
🏠 house home
🏢 office
🏪 store shop
🌍 world earth
🗺️ map
📍 pin place
☀️ sun
🌙 moon
☁️ cloud
🌧️ rain
❄️ snow
🌈 rainbow
🌱 seedling
🌸 blossom flower
🌹 rose
🍀 clover luck
🐛 bug
🐢 turtle slow
🦄 unicorn
🐶 dog
🐱 cat
☕ coffee
🍵 tea
🍕 pizza
🍎 apple
🎂 cake birthday
🍪 cookie
🍻 cheers beer
🥂 toast cheers
⏰ alarm_clock
⏳ hourglass wait
⌛ hourglass_done
📅 calendar date
📆 tear_off_calendar
🕐 clock time
📞 phone call
📱 mobile
💻 laptop
🖥️ desktop
🖨️ printer
⌨️ keyboard
🖱️ mouse
📷 camera
🎥 video
🔋 battery
🔌 plug
💡 idea bulb
🔍 search magnifier
🔑 key
🔒 locked
🔓 unlocked
🔧 wrench fix
🔨 hammer
🛠️ tools
⚙️ gear settings
🔗 link
📎 paperclip attach
✂️ scissors
📌 pushpin
📝 memo note
📄 document page
📋 clipboard
📁 folder
📊 chart
📈 chart_up
📉 chart_down
📧 email
📨 incoming_mail
📬 mailbox
💳 card payment
💰 money
💶 euro
💵 dollar
🧾 receipt
🏷️ label price
🛒 cart shopping
🛍️ bags shopping
🔔 bell
🔕 bell_off
📣 megaphone
✅ check done
☑️ checkbox
✔️ check_mark
❌ cross no
❎ cross_button
⚠️ warning
🚫 prohibited
⛔ no_entry
❓ question
❗ exclamation
ℹ️ information
🆗 ok
🆕 new
🆓 free
🔄 refresh again
🔁 repeat
⬆️ up
⬇️ down
⬅️ left
➡️ right
↩️ back
🔝 top
➕ plus
➖ minus
🟢 green_circle online
🟡 yellow_circle away
🔴 red_circle offline
`;

export type Emoji = {
  picture: string;
  /** The name as it is typed between colons. */
  name: string;
  /** All words that the search matches. */
  words: string;
};

export const EMOJI: readonly Emoji[] = EMOJI_LIST.trim()
  .split('\n')
  .map((line) => {
    const [picture = '', ...names] = line.split(' ');
    return { picture, name: names[0] ?? '', words: names.join(' ') };
  });

/**
 * The emoji that match: first those with a word that starts with the query, then those that contain
 * it.
 */
export function findEmoji(typed: string): readonly Emoji[] {
  const query = fold(typed).trim().replaceAll(' ', '_');
  if (query === '') return EMOJI;
  const startsWith = EMOJI.filter(({ words }) => ` ${words}`.includes(` ${query}`));
  const contains = EMOJI.filter(
    (emoji) => emoji.words.includes(query) && !startsWith.includes(emoji),
  );
  return [...startsWith, ...contains];
}

const KEY = 'foyer:emoji';
const MAX_RECENT = 9;

/** The emoji chosen last in this browser, newest first. */
export function recentEmoji(): readonly Emoji[] {
  const stored = withStorage((storage) => storage.getItem(KEY) ?? '', '').split(' ');
  return stored.flatMap((picture) => EMOJI.find((emoji) => emoji.picture === picture) ?? []);
}

export function rememberEmoji(picture: string): void {
  const others = recentEmoji()
    .map((emoji) => emoji.picture)
    .filter((other) => other !== picture);
  withStorage(
    (storage) => storage.setItem(KEY, [picture, ...others].slice(0, MAX_RECENT).join(' ')),
    undefined,
  );
}
