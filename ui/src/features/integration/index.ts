/**
 * The page Integration: one folder for each of its tabs that does something, and `LaterTab` for what is to come.
 *
 * It keeps no token and checks no permission: the engine does, and says who may. To add a tab: an entry in `tabs.ts`
 * and its panel in `IntegrationPage`.
 */
export { IntegrationPage } from "./IntegrationPage";
