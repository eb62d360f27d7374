import type { Station } from '../../src-main/contract/station.ts';

/** Street and town: "Havnegade 12, Fjordby". */
export function addressOf({ street, postcode, town }: Station): string {
  const place = postcode === null ? town : `${postcode} ${town}`;
  return [street, place].filter((part) => part !== null && part !== '').join(', ');
}

/** Where somebody stands, as it is read out to 112: "Fjordby Politistation, Havnegade 12, Fjordby". */
export function stationAddress(station: Station): string {
  return [station.name, addressOf(station)].filter((part) => part !== '').join(', ');
}
