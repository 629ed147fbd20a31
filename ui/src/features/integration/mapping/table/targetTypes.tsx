import {
  Calendar,
  Hash,
  Key,
  Link,
  ListFilter,
  Mail,
  MapPin,
  Phone,
  ToggleLeft,
  Type,
  type LucideIcon,
} from "lucide-react";
import { createElement } from "react";

const icons: Record<string, LucideIcon> = {
  phone: Phone,
  email: Mail,
  url: Link,
  picklist: ListFilter,
  multipicklist: ListFilter,
  combobox: ListFilter,
  int: Hash,
  double: Hash,
  currency: Hash,
  percent: Hash,
  date: Calendar,
  datetime: Calendar,
  time: Calendar,
  boolean: ToggleLeft,
  address: MapPin,
  reference: Key,
  id: Key,
};

/** The icon of a Salesforce field type; it only underlines the type's words. */
export const typeIcon = (kind: string | null) =>
  createElement(icons[kind ?? ""] ?? Type, { size: 14, strokeWidth: 1.75, "aria-hidden": true });
