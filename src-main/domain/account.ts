import { plainSigns } from './digits.ts';

/** `iban-odd`: begins like an IBAN and is not a whole one. `other`: a MobilePay number, a name, a wallet. */
export type AccountState = 'empty' | 'iban' | 'iban-odd' | 'danish' | 'other';

export interface AccountCheck {
  readonly state: AccountState;
  /** `DK50 0040 0440 1162 43` or `1234 0001234567`; anything else stays as it was typed. */
  readonly grouped: string;
}

/** Registration number and account number, with or without a sign between them. */
const danishParts = /^(\d{4})[\s.,/-]+(\d[\d\s.]{0,14})$/;
const danishLength = 18;

/** ISO 7064 MOD 97,10, digit by digit, so that no number outgrows what JavaScript counts exactly. */
function rest97(iban: string): number {
  const turned = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (const sign of turned) {
    const value = String(Number.parseInt(sign, 36));
    for (const digit of value) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest;
}

function checkIban(signs: string): AccountCheck {
  const isWhole =
    /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(signs) &&
    (!signs.startsWith('DK') || signs.length === danishLength) &&
    rest97(signs) === 1;
  return { state: isWhole ? 'iban' : 'iban-odd', grouped: signs.replaceAll(/(.{4})(?=.)/g, '$1 ') };
}

/** What can be said about a typed account. A Danish one has no check digit that all banks share: only its shape is known. */
export function checkAccount(typed: string): AccountCheck {
  const plain = plainSigns(typed).trim();
  if (plain === '') return { state: 'empty', grouped: '' };
  const signs = plain.toUpperCase().replaceAll(/[\s.-]/g, '');
  if (/^[A-Z]{2}\d{2}[A-Z0-9]*$/.test(signs)) return checkIban(signs);
  const [, registration, behind] = danishParts.exec(plain) ?? [];
  const account = behind?.replaceAll(/[\s.]/g, '');
  // "20 30 40 50" begins with two digits; four and four are as likely a telephone number written "2030 4050".
  if (registration !== undefined && account !== undefined && account.length > 4 && account.length <= 10)
    return { state: 'danish', grouped: `${registration} ${account}` };
  // A Danish telephone number dialled from abroad has twelve digits too.
  if (/^\d{11,14}$/.test(signs) && !/^0045\d{8}$/.test(signs))
    return { state: 'danish', grouped: `${signs.slice(0, 4)} ${signs.slice(4)}` };
  return { state: 'other', grouped: typed.trim() };
}
