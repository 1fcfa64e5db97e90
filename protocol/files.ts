import { MAX_FILE_BYTES, MAX_FILE_NAME_LENGTH } from './limits.ts';

/** What a file may be called and which files are taken: one list for browser and Worker. */

/** Files that are taken at a time, by a drop or a paste or a choice. */
export const MAX_FILES_AT_ONCE = 20;

/** Every reason for which a file is not taken: code, and the sentence in English. */
export const FILE_REFUSALS = {
  file_empty: 'The file is empty.',
  payload_too_large: `A file has at most ${MAX_FILE_BYTES / 1024 / 1024} MB.`,
  file_program: 'Programs, and files that can run commands, cannot be sent.',
  /** Known to the browser alone. */
  file_folder: 'Folders cannot be sent. Choose the files in it.',
  file_too_many: `At most ${MAX_FILES_AT_ONCE} files can be added at a time.`,
  file_not_here: 'Files cannot be added here.',
} as const;

export type FileRefusal = keyof typeof FILE_REFUSALS;

/** Those that the Worker knows, too. */
type OwnRefusal = 'file_empty' | 'payload_too_large' | 'file_program';

export function isFileRefusal(code: string): code is FileRefusal {
  return Object.hasOwn(FILE_REFUSALS, code);
}

/**
 * Why a file is refused before anybody looks into it, or null. The Worker looks at its first bytes,
 * too (worker/features/files/kind.ts).
 */
export function refusalOf({ name, size }: { name: string; size: number }): OwnRefusal | null {
  if (size === 0) return 'file_empty';
  if (size > MAX_FILE_BYTES) return 'payload_too_large';
  return runs(name) ? 'file_program' : null;
}

/**
 * Extensions of what a system runs when it is opened: programs, scripts, shortcuts, installers, disk
 * images, documents with macros. From what Gmail (support.google.com/mail/answer/6590) and Outlook
 * ("Blocked attachments in Outlook", support.microsoft.com) refuse, and the like on macOS and Linux.
 */
const EXTENSIONS = new Set(
  `
  exe com scr pif cpl dll sys drv ocx vxd msi msp mst msix msixbundle appx appxbundle msu cab
  bat cmd ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pssc msh msh1 msh2 mshxml
  vb vbe vbs vbp vsw ws wsc wsf wsh sct js jse mjs hta htc jnlp jar xbap xll
  lnk url website scf library-ms search-ms searchconnector-ms settingcontent-ms appref-ms application
  ade adp accde accda accdu bas grp job nsh ops pcd prf prg vsmacros asx bgi cnt its lib ex_ diagpack
  gadget appcontent-ms appinstaller diagcab diagcfg diagpkg desktopthemepackfile theme themepack
  msc reg inf ins isp mad maf mag mam maq mar mas mau mav maw mcf mda mdb mde mdt mdw mdz
  hlp chm hpj osd printerexport shb shs udl webpnp xnk fxp csh ksh
  docm dotm xlsm xltm xlam xla pptm potm ppa ppam ppsm sldm vsdm vssm vstm otm wll one onepkg
  iqy dqy oqy rqy slk rdp
  iso img vhd vhdx vhdmp wim udf dmg pkg mpkg app ipa apk aab xapk
  command tool workflow action scpt scptd applescript osx terminal fileloc inetloc webloc
  mobileconfig wsb sh bash zsh fish run elf desktop appimage deb rpm snap flatpak flatpakref
  py pyc pyo pyw pyz pyzw pl plx plg php phar rb lua tcl cjs class war ear dex so dylib ko kext crx xpi
  `
    .trim()
    .split(/\s+/),
);

/** Whether a system would run a file of this name. Written otherwise, it is the same extension. */
function runs(name: string): boolean {
  return fileNameOf(name)
    .normalize('NFKC')
    .replace(JOINERS, '')
    .toLowerCase()
    .split(':')
    .some((part) => EXTENSIONS.has(/\.([^.]*)$/.exec(withoutTail(part))?.[1] ?? ''));
}

/** Zero width joiners and non-joiners: scripts and emoji need them. */
const JOINERS = /[\u200c\u200d]/g;
/**
 * Controls, and what shows nothing or turns the direction of what follows, which would show
 * `photo\u202egpj.exe` as `photoexe.jpg`; separators of folders and lines.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu;
/** Windows drops these from the end of a name. */
const TAIL = /[\s.]/u;
/** Names that Windows keeps for devices, whatever their extension. */
const DEVICE =
  /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;
/** Characters of an extension that a name keeps when it is shortened, the dot included. */
const MAX_EXTENSION = 20;

/**
 * What a file is called here: without what cannot be seen or leads elsewhere, and no longer than
 * `MAX_FILE_NAME_LENGTH` code points, its extension kept. Empty where nothing is left of a name.
 */
export function fileNameOf(given: string): string {
  const name = withoutTail(given.replace(UNSEEN, '').trim());
  if (name.replace(JOINERS, '').trim() === '') return '';
  return shortened(DEVICE.test(name) ? `_${name}` : name);
}

/** By a loop, since a pattern for the end would begin at each of a hundred thousand dots. */
function withoutTail(name: string): string {
  let end = name.length;
  while (end > 0 && TAIL.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}

function shortened(name: string): string {
  const points = [...name];
  if (points.length <= MAX_FILE_NAME_LENGTH) return name;
  const dot = points.lastIndexOf('.');
  const extension = points.length - dot <= MAX_EXTENSION && dot > 0 ? points.slice(dot) : [];
  const limit = MAX_FILE_NAME_LENGTH - extension.length - 1;
  return `${points.slice(0, limit).join('').trimEnd()}…${extension.join('')}`;
}
