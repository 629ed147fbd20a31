import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./kit/tokens.css";
import "./kit/base.css";
import { App } from "./App";
import { applyTheme } from "./frame/theme";
import { markKeyboardFocus } from "./kit/keyboardFocus";

applyTheme();
markKeyboardFocus();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
