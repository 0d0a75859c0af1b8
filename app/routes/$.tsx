import { missing } from "../http/respond.server";

export const loader = () => {
  throw missing();
};
export default function Nothing() {
  return null;
}
