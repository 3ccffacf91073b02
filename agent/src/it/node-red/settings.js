module.exports = {
  uiHost: "127.0.0.1",
  flowFile: "flows.json",
  credentialSecret: false,
  adminAuth: {
    type: "credentials",
    sessionExpiryTime: 3600,
    users: [
      {
        username: "probe",
        password: "$2a$04$hHs2nrnWRAHa0naKfBOvp.dmDNcWcYGPeJuk7Crp1BxGobeu7Pg6G", // right horse
        permissions: "*",
      },
    ],
  },
  externalModules: { autoInstall: false, palette: { allowInstall: false } },
  editorTheme: { tours: false },
  telemetry: { enabled: false, updateNotification: false },
};
