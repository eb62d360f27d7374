import type { Station } from '../../src-main/contract/content.ts';

/** Where somebody stands, as it is read out to 112: "Fjordby Politistation, Havnegade 12, Fjordby". */
export function stationAddress({ name, street, postcode, town }: Station): string {
  const place = postcode === null ? town : `${postcode} ${town}`;
  return [name, street, place].filter((part) => part !== null && part !== '').join(', ');
}
